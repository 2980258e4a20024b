using RolloutDashboard.Core.Nodes;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Nodes;

public sealed class JsonKillSwitchTests
{
    [Fact]
    public async Task TryRelease_NothingGranted_KeepsJsonOff()
    {
        using var trial = await RolloutTrial.OpenAsync();
        trial.Switch.Latch();

        Assert.False(trial.Switch.TryRelease());
        Assert.False(trial.Switch.Allows);
    }

    [Fact]
    public async Task TryRelease_Granted_OpensBothAndAgainChangesNothing()
    {
        using var trial = await RolloutTrial.OpenAsync();
        Stop(trial.Switch);
        trial.Switch.AuthorizeRelease(trial.Switch.CaptureToken());

        Assert.True(trial.Switch.TryRelease());
        Assert.True(trial.Switch.TryRelease());
        Assert.True(trial.Switch.Allows);
        Assert.False(File.Exists(trial.Data.StopMarker));
    }

    [Fact]
    public async Task TryRelease_LatchedSince_KeepsLatchAndMarker()
    {
        using var trial = await RolloutTrial.OpenAsync();
        Stop(trial.Switch);
        trial.Switch.AuthorizeRelease(trial.Switch.CaptureToken());
        trial.Switch.Latch();

        Assert.False(trial.Switch.TryRelease());
        Assert.False(trial.Switch.Allows);
        Assert.True(File.Exists(trial.Data.StopMarker));
    }

    [Fact]
    public async Task TryRelease_MarkedFromOutsideSince_KeepsTheMarker()
    {
        using var trial = await RolloutTrial.OpenAsync();
        Stop(trial.Switch);
        trial.Switch.AuthorizeRelease(trial.Switch.CaptureToken());
        new JsonKillSwitch(trial.Data, trial.Time).Mark("command line", "another reason");

        Assert.False(trial.Switch.TryRelease());
        Assert.False(trial.Switch.Allows);
        Assert.True(File.Exists(trial.Data.StopMarker));
    }

    [Fact]
    public async Task TryRelease_MarkerAppearedSince_KeepsIt()
    {
        using var trial = await RolloutTrial.OpenAsync();
        trial.Switch.Latch();
        trial.Switch.AuthorizeRelease(trial.Switch.CaptureToken());
        await File.WriteAllTextAsync(trial.Data.StopMarker, "", RolloutTrial.Token);

        Assert.False(trial.Switch.TryRelease());
        Assert.True(File.Exists(trial.Data.StopMarker));
    }

    [Fact]
    public async Task Settle_EarlierStop_LeavesTheLaterOneUnsettled()
    {
        using var trial = await RolloutTrial.OpenAsync();
        var first = trial.Switch.Latch();
        var second = trial.Switch.Latch();

        trial.Switch.Acknowledge(first);
        Assert.True(trial.Switch.IsUnsettled);
        trial.Switch.Acknowledge(second);
        trial.Switch.Acknowledge(first);
        Assert.False(trial.Switch.IsUnsettled);
    }

    private static void Stop(JsonKillSwitch jsonSwitch)
    {
        jsonSwitch.Latch();
        jsonSwitch.Mark("olga", "trial");
    }
}
