using System.Collections.Concurrent;
using RolloutDashboard.Core.Monitoring;

namespace RolloutDashboard.Live;

/// <summary>One read serves all pages that look at the same range between two changes.</summary>
public sealed class LiveView(ReadLiveSnapshot readLiveSnapshot, RolloutFeed feed, TimeProvider clock) : ILiveView
{
    private static readonly TimeSpan LongestLife = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<string, Look> _looks = new(StringComparer.Ordinal);

    public Task<LiveSnapshot> SnapshotAsync(TimeRange range, CancellationToken ct)
    {
        var version = feed.Version;
        var now = clock.GetUtcNow();
        var look = _looks.AddOrUpdate(
            range.Code,
            _ => NewLook(range, version, now),
            (_, before) => before.Version == version && now - before.At < LongestLife && !before.Snapshot.Value.IsFaulted ? before : NewLook(range, version, now));
        return look.Snapshot.Value.WaitAsync(ct);
    }

    private Look NewLook(TimeRange range, long version, DateTimeOffset now) =>
        new(version, now, new Lazy<Task<LiveSnapshot>>(() => readLiveSnapshot.ExecuteAsync(range.Window, CancellationToken.None)));

    private sealed record Look(long Version, DateTimeOffset At, Lazy<Task<LiveSnapshot>> Snapshot);
}
