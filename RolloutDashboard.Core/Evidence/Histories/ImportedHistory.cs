namespace RolloutDashboard.Core.Evidence.Histories;

/// <summary>A data set that was imported.</summary>
/// <param name="Id">Number in the imports database.</param>
public sealed record ImportedHistory(int Id, string Name, DateTimeOffset ImportedAt, long Records);
