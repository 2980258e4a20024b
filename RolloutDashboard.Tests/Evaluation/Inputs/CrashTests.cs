using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Evaluation.Inputs;
using RolloutDashboard.Core.Nodes;
using RolloutDashboard.Core.Statistics;
using RolloutDashboard.Core.Storage.Files;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Evaluation.Inputs;

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
    public async Task Beat_AfterTheMachineSlept_CountsTheSleepAsDownTime()
    {
        await using var rollout = await TestRollout.OpenAsync();
        var from = rollout.Clock.GetUtcNow();
        await BeatForAsync(rollout, minutes: 10);
        rollout.Clock.Advance(TimeSpan.FromMinutes(20));

        var beat = await rollout.Sessions.BeatAsync(TestRollout.Token);
        await BeatForAsync(rollout, minutes: 10);

        Assert.Equal(TimeSpan.FromMinutes(20), beat.Silence);
        Assert.Equal(0.5, await UptimeAsync(rollout, from), 6);
        Assert.Empty((await SessionsAsync(rollout, from)).Crashes);
    }

    [Fact]
    public async Task Beat_ClockSetBack_ClaimsNothingOfTheTimeAhead()
    {
        await using var rollout = await TestRollout.OpenAsync();
        await BeatForAsync(rollout, minutes: 10);
        rollout.Clock.AdjustTime(rollout.Clock.GetUtcNow() - TimeSpan.FromHours(1));
        var from = rollout.Clock.GetUtcNow();

        await rollout.Sessions.BeatAsync(TestRollout.Token);
        rollout.Clock.Advance(TimeSpan.FromMinutes(30));

        Assert.Equal(0, await UptimeAsync(rollout, from));
    }

    [Fact]
    public async Task Sessions_CrashBeforeTheFirstHeartbeatOfAnAttempt_BelongsToTheAttempt()
    {
        await using var rollout = await TestRollout.OpenAsync();
        rollout.Clock.Advance(TimeSpan.FromSeconds(5));
        var resumedAt = rollout.Clock.GetUtcNow();
        rollout.Clock.Advance(TimeSpan.FromSeconds(3));
        await NextStartAsync(rollout);

        Assert.Equal(
            rollout.Clock.GetUtcNow(),
            Assert.Single((await SessionsAsync(rollout, resumedAt)).Crashes).FoundAt
        );
        Assert.Empty((await SessionsAsync(rollout, rollout.Clock.GetUtcNow().AddSeconds(1))).Crashes);
    }

    [Fact]
    public async Task LoseInterrupted_RowsOfADeadProcess_CountAsLevel0InTheirArm()
    {
        await using var rollout = await TestRollout.OpenAsync();
        var running = await rollout.ClaimAsync();
        var finished = await rollout.ClaimAsync();
        await rollout.FinishAsync(finished, 0.4);

        var lost = await new MarkOrphanedIterationsLost(rollout.Databases, rollout.Clock).ExecuteAsync(
            rollout.Session.Id + 1,
            TestRollout.Token
        );

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

        var lost = await new MarkOrphanedIterationsLost(rollout.Databases, rollout.Clock).ExecuteAsync(
            rollout.Session.Id,
            [working.Id],
            rollout.Clock.GetUtcNow() - TimeSpan.FromMinutes(1),
            TestRollout.Token
        );

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

    private static async Task BeatForAsync(TestRollout rollout, int minutes)
    {
        for (var beat = 0; beat < minutes * 6; beat++)
        {
            rollout.Clock.Advance(ProcessSessions.HeartbeatInterval);
            await rollout.Sessions.BeatAsync(TestRollout.Token);
        }
    }

    private static async Task<SessionFacts> SessionsAsync(TestRollout rollout, DateTimeOffset from)
    {
        await using var db = rollout.Db();
        return await SessionFacts.ReadAsync(db, from, rollout.Clock.GetUtcNow(), TestRollout.Token);
    }

    private static async Task<double> UptimeAsync(TestRollout rollout, DateTimeOffset from) =>
        Uptime.Share((await SessionsAsync(rollout, from)).Alive, from, rollout.Clock.GetUtcNow())!.Value;

    private static Task<IReadOnlyList<UncleanStop>> NextStartAsync(TestRollout rollout) =>
        new ProcessSessions(rollout.Databases, new CurrentSession(), rollout.Clock).OpenAsync(
            "test",
            TestRollout.Token
        );
}
