using RolloutDashboard.Core.Strategies;

namespace RolloutDashboard.Core.Iterations;

/// <summary>What an arm may remember: its own champion and its own latest outcomes, in its own environment.</summary>
public sealed record ArmMemory(ChampionBrief? Champion, long? ChampionNumber, IReadOnlyList<FeedbackEntry> Feedback);
