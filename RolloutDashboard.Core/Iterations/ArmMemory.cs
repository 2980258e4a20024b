using RolloutDashboard.Core.Strategies;

namespace RolloutDashboard.Core.Iterations;

/// <summary>What an iteration may remember: the best strategy and the latest outcomes of its own lineage, or of its
/// whole arm where lineages are endless; never of the other arm or another environment.</summary>
public sealed record ArmMemory(ChampionBrief? Champion, long? ChampionNumber, IReadOnlyList<FeedbackEntry> Feedback);
