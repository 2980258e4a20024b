using RolloutDashboard.Components.Formatting;
using RolloutDashboard.Core.Monitoring.Live;

namespace RolloutDashboard.Feed;

/// <param name="Words">For the app bar, for example "stale: last data 3 min ago".</param>
public sealed record LiveState(LiveConnection Connection, string Words)
{
    /// <summary>A snapshot older than this is not current: reads come at least every 15 s.</summary>
    public static TimeSpan SnapshotThreshold { get; } = TimeSpan.FromSeconds(45);

    /// <summary>A running loop that recorded nothing for this long is not shown as live.</summary>
    public static TimeSpan IterationThreshold { get; } = TimeSpan.FromMinutes(3);

    public bool IsDimmed => Connection is LiveConnection.Stale;

    public static LiveState Judge(LiveSnapshot? snapshot, string? failure, bool paused, DateTimeOffset now)
    {
        if (snapshot is null)
        {
            return failure is null ? new(LiveConnection.Loading, "loading") : new(LiveConnection.Failed, "no data");
        }

        if (paused)
        {
            return new(LiveConnection.PausedByViewer, $"paused by you {Age(snapshot.At, now)}");
        }

        if (now - snapshot.At > SnapshotThreshold)
        {
            return new(LiveConnection.Stale, $"stale: last data {Age(snapshot.At, now)}");
        }

        var last = snapshot.Health.LastIterationAt;
        return snapshot.Rollout.Loop == LoopState.Running && last is { } at && now - at > IterationThreshold
            ? new(LiveConnection.Stale, $"stale: last iteration {Age(at, now)}")
            : new(LiveConnection.Live, "live");
    }

    private static string Age(DateTimeOffset at, DateTimeOffset now) => AgeFormatter.Ago(at, now);
}
