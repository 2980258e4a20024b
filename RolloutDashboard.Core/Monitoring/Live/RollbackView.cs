namespace RolloutDashboard.Core.Monitoring.Live;

/// <summary>The latest rollback procedure with its steps as they fill in.</summary>
/// <param name="State">"Stopping", "Stopped", "Verified".</param>
/// <param name="StoppedAfter">Time from the request to Stopped.</param>
/// <param name="VerifiedAfter">Time from the request to Verified.</param>
public sealed record RollbackView(
    long Id,
    string Kind,
    DateTimeOffset RequestedAt,
    string Actor,
    string Reason,
    string State,
    TimeSpan? StoppedAfter,
    TimeSpan? VerifiedAfter,
    TimeSpan Budget,
    IReadOnlyList<RollbackStepView> Steps
)
{
    /// <summary>A later attempt or stage has begun since, so it says nothing of the present state.</summary>
    public bool IsPast { get; init; }
}
