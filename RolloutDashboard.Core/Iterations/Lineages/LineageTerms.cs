using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Iterations.Lineages;

/// <summary>What a lineage has to fit in order to take an iteration that is claimed now.</summary>
/// <param name="SessionId">The process that claims.</param>
/// <param name="Worker">The worker of that process that claims, from 0.</param>
/// <param name="PlannedLength">Setting Rollout:LineageLength.</param>
public sealed record LineageTerms(
    GenerationMode Mode,
    string Segment,
    Stage Stage,
    int Attempt,
    long SessionId,
    int Worker,
    int PlannedLength
);
