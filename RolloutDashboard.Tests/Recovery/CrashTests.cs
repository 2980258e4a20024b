using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Recovery;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Recovery;

public sealed class CrashTests
{
    [Fact]
    public async Task Open_AfterACleanStop_ReportsNothing()
    {
        await using var rollout = await TestRollout.OpenAsync();
        await rollout.Sessions.CloseAsync(TestRollout.Token);

        Assert.Empty(await NextStartAsync(rollout));
    }

    [Fact]
    public async Task Open_AfterAnUncleanStop_ReportsItOnce()
    {
        await using var rollout = await TestRollout.OpenAsync();
        rollout.Clock.Advance(TimeSpan.FromSeconds(30));
        await rollout.Sessions.BeatAsync(TestRollout.Token);

        var unclean = Assert.Single(await NextStartAsync(rollout));
        var next = await NextStartAsync(rollout);

        Assert.Equal(rollout.Clock.GetUtcNow(), unclean.LastHeartbeatAt);
        Assert.DoesNotContain(next, stop => stop.SessionId == unclean.SessionId);
    }

    [Fact]
    public async Task LoseInterrupted_RowsOfADeadProcess_CountAsLevel0InTheirArm()
    {
        await using var rollout = await TestRollout.OpenAsync();
        var running = await rollout.ClaimAsync();
        var finished = await rollout.ClaimAsync();
        await rollout.FinishAsync(finished, 0.4);

        var lost = await new LoseInterrupted(rollout.Databases, rollout.Clock).ExecuteAsync(rollout.Session.Id + 1, TestRollout.Token);

        var row = await rollout.RowAsync(running);
        Assert.Equal([running.Number], lost);
        Assert.Equal((IterationStatus.Lost, SuccessLevel.Failed), (row.Status, row.Level));
        Assert.Equal(IterationStatus.Finished, (await rollout.RowAsync(finished)).Status);
        await using var db = rollout.Db();
        Assert.Equal(1, await db.RollupBuckets.SumAsync(bucket => bucket.Lost, TestRollout.Token));
    }

    [Fact]
    public async Task LoseInterrupted_WhileRunning_LeavesWhatIsWorkedOn()
    {
        await using var rollout = await TestRollout.OpenAsync();
        var working = await rollout.ClaimAsync();
        var abandoned = await rollout.ClaimAsync();
        rollout.Clock.Advance(TimeSpan.FromMinutes(5));

        var lost = await new LoseInterrupted(rollout.Databases, rollout.Clock).ExecuteAsync(rollout.Session.Id, [working.Id], rollout.Clock.GetUtcNow() - TimeSpan.FromMinutes(1), TestRollout.Token);

        Assert.Equal([abandoned.Number], lost);
    }

    [Fact]
    public void ProcessLock_TakenTwice_NamesTheFolder()
    {
        var data = new DataDirectory(Directory.CreateTempSubdirectory("rollout-lock-").FullName);
        using var first = ProcessLock.Take(data);

        var refused = Assert.Throws<DataDirectoryInUseException>(() => ProcessLock.Take(data));

        Assert.Contains(data.Path, refused.Message, StringComparison.Ordinal);
    }

    private static Task<IReadOnlyList<UncleanStop>> NextStartAsync(TestRollout rollout) =>
        new ProcessSessions(rollout.Databases, new CurrentSession(), rollout.Clock).OpenAsync("test", TestRollout.Token);
}
