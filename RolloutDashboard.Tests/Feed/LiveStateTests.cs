using RolloutDashboard.Core.Monitoring.Live;
using RolloutDashboard.Feed;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Feed;

public sealed class LiveStateTests
{
    private static readonly DateTimeOffset Now = Scripted.Start;

    [Fact]
    public void Judge_NothingReadYet_IsLoading() =>
        Assert.Equal(LiveConnection.Loading, LiveState.Judge(null, null, false, Now).Connection);

    [Fact]
    public void Judge_FirstReadFailed_IsFailed() =>
        Assert.Equal(LiveConnection.Failed, LiveState.Judge(null, "locked", false, Now).Connection);

    [Fact]
    public void Judge_FreshSnapshot_IsLive()
    {
        var state = LiveState.Judge(Scripted.Snapshot(Now, 96), null, false, Now);

        Assert.Equal(new LiveState(LiveConnection.Live, "live"), state);
        Assert.False(state.IsDimmed);
    }

    [Fact]
    public void Judge_OldSnapshot_IsStaleWithItsAge()
    {
        var state = LiveState.Judge(Scripted.Snapshot(Now.AddMinutes(-3), 96), "locked", false, Now);

        Assert.Equal(new LiveState(LiveConnection.Stale, "stale: last data 3 min ago"), state);
        Assert.True(state.IsDimmed);
    }

    [Fact]
    public void Judge_RunningLoopWithoutIterations_IsStale()
    {
        var snapshot = Scripted.Snapshot(Now, 96);
        var silent = snapshot with { Health = snapshot.Health with { LastIterationAt = Now.AddMinutes(-4) } };

        Assert.Equal("stale: last iteration 4 min ago", LiveState.Judge(silent, null, false, Now).Words);
    }

    [Fact]
    public void Judge_StoppedLoopWithoutIterations_IsLive()
    {
        var snapshot = Scripted.Snapshot(Now, 96);
        var stopped = snapshot with
        {
            Rollout = snapshot.Rollout with { Loop = LoopState.Stopped },
            Health = snapshot.Health with { LastIterationAt = Now.AddDays(-1) },
        };

        Assert.Equal(LiveConnection.Live, LiveState.Judge(stopped, null, false, Now).Connection);
    }

    [Fact]
    public void Judge_Paused_SaysWhose() =>
        Assert.Equal(
            "paused by you 2 min ago",
            LiveState.Judge(Scripted.Snapshot(Now.AddMinutes(-2), 96), null, true, Now).Words
        );
}
