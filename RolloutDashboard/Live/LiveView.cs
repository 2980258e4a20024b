using System.Collections.Concurrent;
using RolloutDashboard.Core.Monitoring;

namespace RolloutDashboard.Live;

/// <summary>One read serves all pages that look at the same range, however many they are and however often something changes.</summary>
public sealed class LiveView(ReadLiveSnapshot readLiveSnapshot, RolloutFeed feed, PageDrawing drawing, TimeProvider clock) : ILiveView
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan LongestLife = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<string, SharedReading<LiveSnapshot>> _readings = new(StringComparer.Ordinal);

    public Task<LiveSnapshot> SnapshotAsync(TimeRange range, CancellationToken ct) => Of(range).GetAsync(ct);

    public void Hurry(TimeRange range) => Of(range).Hurry();

    private SharedReading<LiveSnapshot> Of(TimeRange range) => _readings.GetOrAdd(
        range.Code, _ => new SharedReading<LiveSnapshot>(() => readLiveSnapshot.ExecuteAsync(range.Window, CancellationToken.None), () => feed.Version, Pause, () => drawing.Total, LongestLife, clock));
}
