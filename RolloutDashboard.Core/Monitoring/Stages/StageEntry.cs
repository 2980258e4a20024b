using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Monitoring.Stages;

/// <param name="State">"done", "current", "ahead", "rolled back", "halted".</param>
/// <param name="Counts">What the stage's gate counts, of its latest attempt: finished and lost iterations.</param>
public sealed record StageEntry(
    Stage Stage,
    string State,
    int Attempt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? EndedAt,
    DateTimeOffset? PlannedEnd,
    IReadOnlyList<StageCount> Counts,
    TimeSpan MinimumTime,
    Verdict? GateVerdict
)
{
    /// <summary>What an inconclusive gate waits for; null where that is not known, as of earlier attempts.</summary>
    public Shortage? GateLacks { get; init; }
}
