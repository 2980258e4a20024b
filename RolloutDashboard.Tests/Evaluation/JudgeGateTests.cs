using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Evaluation;
using RolloutDashboard.Core.Monitoring.Live;
using RolloutDashboard.Core.Promotions;
using RolloutDashboard.Core.Rollbacks;
using RolloutDashboard.Core.Storage.Interceptors;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Evaluation;

/// <summary>Over the product's own composition: who reads the judgement, and how often it is made.</summary>
public sealed class JudgeGateTests
{
    private static CancellationToken Token => ClockTrial.Token;

    [Fact]
    public async Task Readers_NothingWritten_ShareOneJudgement()
    {
        await using var trial = await SettledAsync();
        var before = Made(trial);

        await trial.IterateAsync();
        var page = await PageAsync(trial);
        var preview = await PreviewAsync(trial);
        await trial.JudgeAsync();

        Assert.Equal(before + 1, Made(trial));
        Assert.Same(page.Gate, preview.Gate);
    }

    [Fact]
    public async Task Page_AnotherIterationEnded_SeesIt()
    {
        await using var trial = await SettledAsync();
        var first = await PageAsync(trial);

        await trial.IterateAsync();
        var second = await PageAsync(trial);

        Assert.NotSame(first.Gate, second.Gate);
        Assert.Equal(
            first.Json.Finished + first.FullCode.Finished + 1,
            second.Json.Finished + second.FullCode.Finished
        );
    }

    [Fact]
    public async Task Preview_WrittenByAnyContextWithoutATransaction_SeesIt()
    {
        await using var trial = await SettledAsync();
        var first = await PreviewAsync(trial);
        await using (var db = trial.Db())
        {
            await db.Rollouts.ExecuteUpdateAsync(set => set.SetProperty(row => row.IsDemo, row => !row.IsDemo), Token);
        }

        var second = await PreviewAsync(trial);

        Assert.NotSame(first.Gate, second.Gate);
        Assert.NotEqual(first.Judged!.Inputs.MinimumTime, second.Judged!.Inputs.MinimumTime);
    }

    [Fact]
    public async Task Preview_Stopped_IsLockedAndJudgedAgain()
    {
        await using var trial = await SettledAsync();
        var made = Made(trial);
        await PreviewAsync(trial);

        await trial.Service<StopJson>().ExecuteAsync(new StopJsonRequest("immediate", "olga", "test", new { }));

        Assert.NotNull((await PreviewAsync(trial)).Locked);
        Assert.True(Made(trial) > made + 1);
    }

    [Fact]
    public async Task Page_LaterByMoreThanAJudgementHolds_IsJudgedAgain()
    {
        await using var trial = await SettledAsync();
        var first = await PageAsync(trial);

        trial.Machine.Advance(JudgeGate.Longest);
        Assert.Same(first.Gate, (await PageAsync(trial)).Gate);
        trial.Machine.Advance(TimeSpan.FromTicks(1));

        Assert.NotSame(first.Gate, (await PageAsync(trial)).Gate);
    }

    [Fact]
    public async Task Judgement_WrittenWhileItWasMade_IsNotTakenForCurrent()
    {
        await using var trial = await SettledAsync();
        var judge = trial.Service<JudgeGate>();
        var mark = judge.Mark();
        await trial.IterateAsync();
        await using var db = trial.Db();
        var rollout = await db.Rollouts.SingleAsync(Token);

        var old = await judge.ExecuteAsync(db, rollout, mark, Token);

        Assert.NotSame(old, await judge.ExecuteAsync(db, rollout, judge.Mark(), Token));
    }

    [Fact]
    public async Task WriteCount_ReadersAlone_StandsStill()
    {
        await using var trial = await SettledAsync();
        var writes = trial.Service<WriteCount>();
        var before = writes.Value;

        await PageAsync(trial);
        await PreviewAsync(trial);

        Assert.Equal(before, writes.Value);
    }

    // Iterations in both arms, and an evaluation that finds nothing more to store.
    private static async Task<ClockTrial> SettledAsync()
    {
        var trial = await ClockTrial.OpenAsync();
        for (var i = 0; i < 4; i++)
        {
            await trial.IterateAsync();
        }

        await trial.JudgeAsync();
        await trial.JudgeAsync();
        return trial;
    }

    private static long Made(ClockTrial trial) => trial.Service<JudgeGate>().Made;

    private static Task<LiveSnapshot> PageAsync(ClockTrial trial) =>
        trial.Service<ReadLiveSnapshot>().ExecuteAsync(null, Token);

    private static Task<PromotionPreview> PreviewAsync(ClockTrial trial) =>
        trial.Service<PreviewPromotion>().ExecuteAsync(Token);
}
