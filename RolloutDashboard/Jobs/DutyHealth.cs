namespace RolloutDashboard.Jobs;

/// <summary>How work in the background goes in this process.</summary>
/// <param name="BusySince">When the turn began that goes on now; null between two turns.</param>
/// <param name="SucceededAt">When it was last seen to work; null for never.</param>
/// <param name="FailedAt">When it last failed; null for never.</param>
/// <param name="FailuresInARow">Failures since it last worked.</param>
/// <param name="Fault">Why it failed last; null when it has worked since.</param>
public sealed record DutyHealth(
    DateTimeOffset? BusySince,
    DateTimeOffset? SucceededAt,
    DateTimeOffset? FailedAt,
    int FailuresInARow,
    string? Fault
)
{
    /// <summary>Of what has not begun yet.</summary>
    public static DutyHealth None { get; } = new(null, null, null, 0, null);
}
