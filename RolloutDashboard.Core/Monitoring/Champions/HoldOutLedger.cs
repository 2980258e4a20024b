namespace RolloutDashboard.Core.Monitoring.Champions;

/// <summary>How often anybody looked at the hold-out of an environment, and what came of it.</summary>
/// <param name="Looks">All looks, also those that ended without a result.</param>
/// <param name="LatestAt">When the latest was begun; null without any.</param>
/// <param name="ByIteration">Looks at each strategy, by the number of its iteration.</param>
public sealed record HoldOutLedger(
    int Looks,
    DateTimeOffset? LatestAt,
    IReadOnlyDictionary<long, HoldOutLooks> ByIteration
)
{
    /// <summary>Nobody has looked.</summary>
    public static HoldOutLedger Empty { get; } = new(0, null, new Dictionary<long, HoldOutLooks>());
}
