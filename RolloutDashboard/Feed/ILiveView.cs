using RolloutDashboard.Core.Monitoring.Live;

namespace RolloutDashboard.Feed;

/// <summary>Reads everything that the live page shows, as of now.</summary>
public interface ILiveView
{
    /// <param name="range">What the charts cover; figures have their own windows.</param>
    Task<LiveSnapshot> SnapshotAsync(TimeRange range, CancellationToken ct);

    /// <summary>Lets the next reading of a range begin sooner than many open pages would have it.</summary>
    void Hurry(TimeRange range);
}
