using RolloutDashboard.Core.Gates;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Evidence.Histories;

/// <summary>What a history is judged by.</summary>
/// <param name="MinimumTimes">Least time of each stage; a stage that is not named has none.</param>
/// <param name="RequireProof">Setting Gates:RequireProof.</param>
public sealed record HistoryPolicy(
    GateDefinition Gates,
    IReadOnlyDictionary<Stage, TimeSpan> MinimumTimes,
    bool RequireProof = false
);
