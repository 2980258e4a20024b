using System.Collections.Concurrent;
using RolloutDashboard.Core.Monitoring.Live;

namespace RolloutDashboard.Feed;

/// <summary>One read serves all pages that look at the same range, however many they are and however often something
/// changes.</summary>
public sealed class LiveView : ILiveView, IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan LongestLife = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<string, CoalescedQuery<LiveSnapshot>> _readings = new(StringComparer.Ordinal);
    private readonly ReadLiveSnapshot _readLiveSnapshot;
    private readonly RolloutFeed _feed;
    private readonly PageDrawing _drawing;
    private readonly TimeProvider _clock;

    public LiveView(ReadLiveSnapshot readLiveSnapshot, RolloutFeed feed, PageDrawing drawing, TimeProvider clock)
    {
        (_readLiveSnapshot, _feed, _drawing, _clock) = (readLiveSnapshot, feed, drawing, clock);
        feed.Mattering += HurryAll;
    }

    public Task<LiveSnapshot> SnapshotAsync(TimeRange range, CancellationToken ct) => Of(range).GetAsync(ct);

    public void Hurry(TimeRange range) => Of(range).Hurry();

    public void Dispose() => _feed.Mattering -= HurryAll;

    private void HurryAll()
    {
        foreach (var reading in _readings.Values)
        {
            reading.Hurry();
        }
    }

    private CoalescedQuery<LiveSnapshot> Of(TimeRange range) =>
        _readings.GetOrAdd(range.Code, _ => new CoalescedQuery<LiveSnapshot>(
            () => _readLiveSnapshot.ExecuteAsync(range.Window, CancellationToken.None),
            () => _feed.Version,
            Pause,
            () => _drawing.Total,
            LongestLife,
            _clock
        ));
}
