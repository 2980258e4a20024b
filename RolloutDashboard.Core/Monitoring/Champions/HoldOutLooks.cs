using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Monitoring.Champions;

/// <summary>The looks at one strategy.</summary>
/// <param name="Outcome">What came of the latest.</param>
public sealed record HoldOutLooks(int Count, HoldOutOutcome Outcome);
