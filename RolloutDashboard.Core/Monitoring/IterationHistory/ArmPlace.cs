namespace RolloutDashboard.Core.Monitoring.IterationHistory;

/// <summary>An iteration among the ended ones of its stage, attempt and assigned mode.</summary>
/// <param name="N">Iterations that count, itself included.</param>
/// <param name="Successes">Of level 3 among them.</param>
/// <param name="Better">How many have a higher Sharpe; null where it has none.</param>
/// <param name="SameStrategy">How many others have its fingerprint.</param>
/// <param name="FirstWithIt">Number of the first with that fingerprint; only that one counts as proof.</param>
public sealed record ArmPlace(int N, int Successes, int? Better, int SameStrategy, long? FirstWithIt);
