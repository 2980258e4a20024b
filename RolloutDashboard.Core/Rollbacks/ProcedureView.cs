using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Rollbacks;

/// <summary>A gradual rollback or a drill as pages show it.</summary>
/// <param name="Share">JSON share of the step, 0 to 1; null in a drill.</param>
/// <param name="NextAt">By when a gradual rollback goes on to its next step unless JSON recovers; null when it does not
/// go on.</param>
/// <param name="StoppedAfter">Of a drill, from its stop's request.</param>
/// <param name="VerifiedAfter">Likewise.</param>
public sealed record ProcedureView(
    string Kind,
    ProcedureState State,
    string Actor,
    string Reason,
    DateTimeOffset StartedAt,
    double? Share,
    DateTimeOffset? NextAt,
    TimeSpan? StoppedAfter,
    TimeSpan? VerifiedAfter,
    DateTimeOffset? EndedAt,
    string? Outcome,
    TimeSpan Budget,
    IReadOnlyList<ProcedureStep> Steps
)
{
    public bool IsRunning => State == ProcedureState.Running;
}
