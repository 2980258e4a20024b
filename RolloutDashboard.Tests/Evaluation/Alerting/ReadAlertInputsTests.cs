using RolloutDashboard.Core.Alerts;
using RolloutDashboard.Core.Evaluation.Alerting;
using RolloutDashboard.Core.Evaluation.Inputs;
using RolloutDashboard.Core.Nodes;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Time;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Evaluation.Alerting;

/// <summary>How far back the alerts look: over a promotion, never behind a resume.</summary>
public sealed class ReadAlertInputsTests
{
    [Fact]
    public async Task Execute_JustPromoted_ReachesTheLatestThirtyOfTheStageBefore()
    {
        using var trial = await CourseAsync(TimeSpan.FromDays(3));

        var inputs = await ReadAsync(trial);

        Assert.Equal(30, inputs.Before.Count(row => row.AssignedMode == GenerationMode.Json));
        Assert.Equal(4, inputs.Rows.Count);
        Assert.Equal(34, inputs.Reached.Count);
        Assert.Equal(4, inputs.Current.Count);
    }

    [Fact]
    public async Task Execute_PromotedWithinTheDay_ReachesAllOfTheDay()
    {
        using var trial = await CourseAsync(TimeSpan.FromHours(2));

        Assert.Equal(50, (await ReadAsync(trial)).Before.Count);
    }

    [Fact]
    public async Task Execute_NothingSincePromotion_LatestIterationIsTheOneBefore()
    {
        using var trial = await CourseAsync(TimeSpan.FromMinutes(10), after: 0);

        var inputs = await ReadAsync(trial);

        Assert.Equal(trial.Time.GetUtcNow().AddMinutes(-10), inputs.LastIterationAt);
    }

    [Fact]
    public async Task Execute_ResumedMeanwhile_ReachesNothingBefore()
    {
        using var trial = await CourseAsync(TimeSpan.FromHours(2));
        await trial.PlaceAsync((_, rollout) => rollout.ResumedAt = rollout.AttemptStartedAt);

        Assert.Empty((await ReadAsync(trial)).Before);
    }

    [Fact]
    public async Task Execute_ResumedBeforeThePromotion_ReachesToTheResume()
    {
        using var trial = await CourseAsync(TimeSpan.FromHours(2));
        await trial.PlaceAsync((_, rollout) => rollout.ResumedAt = rollout.CreatedAt.AddMinutes(1));

        Assert.DoesNotContain((await ReadAsync(trial)).Reached, row =>
            row.StartedAt < trial.Time.GetUtcNow().AddHours(-1)
        );
    }

    [Fact]
    public async Task Execute_WindowsFullAgain_ReadsNothingBefore()
    {
        using var trial = await CourseAsync(TimeSpan.FromHours(2), after: 30);
        trial.Time.Advance(TimeSpan.FromHours(24));

        Assert.Empty((await ReadAsync(trial)).Before);
    }

    // Fifty JSON iterations of stage 3.2, the given time, a promotion, some more.
    private static async Task<RolloutTrial> CourseAsync(TimeSpan pause, int after = 4)
    {
        var trial = await RolloutTrial.InStageAsync(Stage.Hybrid);
        await trial.AddIterationsAsync(GenerationMode.Json, 50, _ => SuccessLevel.Profitable);
        trial.Time.Advance(pause);
        await trial.PlaceAsync(
            (_, rollout) =>
                (rollout.Stage, rollout.Attempt, rollout.AttemptStartedAt) = (Stage.Primary, 1, trial.Time.GetUtcNow())
        );
        await trial.AddIterationsAsync(GenerationMode.Json, after, _ => SuccessLevel.Profitable);
        return trial;
    }

    private static async Task<AlertInputs> ReadAsync(RolloutTrial trial)
    {
        var read = new ReadAlertInputs(
            new Still(),
            new ReadLookbackWindow(new DatabaseAvailability(trial.Time)),
            new LifeSigns(trial.Time)
        );
        await using var db = trial.CreateDbContext();
        var (rollout, configuration) = (await trial.RolloutAsync(), await trial.ConfigurationAsync());
        var gate = await trial.GateInputs.ExecuteAsync(db, rollout, configuration, RolloutTrial.Token);
        return await read.ExecuteAsync(db, rollout, configuration, gate, new AlertThresholds(), RolloutTrial.Token);
    }

    private sealed class Still : ILoopStatus
    {
        public LoopStatus Now { get; } = new(0, 1, null);

        public InstallationFacts Installation { get; } = new("offline generator", "synthetic", [], "none", false);
    }
}
