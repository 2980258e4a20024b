namespace RolloutDashboard.Core.Faults;

/// <summary>How something went since it was last asked for.</summary>
/// <param name="Fault">What went wrong last; null where everything went well.</param>
/// <param name="Failures">How often it failed since then.</param>
public sealed record FaultReport(FaultSource Source, string? Fault, int Failures);
