using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Alerts;
using RolloutDashboard.Core.Evaluation;
using RolloutDashboard.Core.Evaluation.Alerting;
using RolloutDashboard.Core.Evaluation.Inputs;
using RolloutDashboard.Core.Evidence.Replay;
using RolloutDashboard.Core.Gates;
using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Nodes;
using RolloutDashboard.Core.Notifications;
using RolloutDashboard.Core.Rollbacks;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Storage.Entities.Evidence;
using RolloutDashboard.Core.Time;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;
using RolloutDashboard.Tests.Evidence;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Evaluation;

public sealed class VerifyJudgementsTests
{
    [Fact]
    public async Task Execute_LiveCourseWithHaltAndRollback_GivesEveryVerdictAndDecisionAgain()
    {
        using var trial = await LiveCourseAsync();

        var verified = await new VerifyJudgements(trial).ExecuteAsync(null, RolloutTrial.Token);

        Assert.Empty(verified.Mismatches);
        Assert.True(verified.Judgements >= 5, $"{verified.Judgements} judgements were recorded.");
        Assert.Equal(2, verified.Decisions);
        Assert.Equal(0, verified.WithoutInputs);
    }

    [Fact]
    public async Task Replay_LiveCourseWithHaltAndRollback_TellsEachOnce()
    {
        using var trial = await LiveCourseAsync();
        var history = await new ReadReplayHistory(trial, new NoImports()).OfRolloutAsync(RolloutTrial.Token);

        var replay = RunReplay.Of(
            history,
            new ReplayPolicy(GateDefinition.Default, new AlertThresholds()),
            null,
            progress: null,
            RolloutTrial.Token
        );

        Assert.Single(replay.Steps, step => step.Kind == ReplayKind.Halted);
    }

    [Fact]
    public async Task Execute_RecordChangedAfterwards_IsNamed()
    {
        using var trial = await LiveCourseAsync();
        await using (var db = trial.CreateDbContext())
        {
            await db
                .Iterations.Where(row =>
                    row.AssignedMode == GenerationMode.Json && row.Number > 60 && row.Number <= 100
                )
                .ExecuteUpdateAsync(
                    update => update.SetProperty(row => row.Level, SuccessLevel.Profitable),
                    RolloutTrial.Token
                );
        }

        var verified = await new VerifyJudgements(trial).ExecuteAsync(null, RolloutTrial.Token);

        Assert.NotEmpty(verified.Mismatches);
    }

    [Fact]
    public async Task Execute_SummaryInOtherWords_IsNoMismatch()
    {
        using var trial = await LiveCourseAsync();
        await SayLatestAsync(trial, summary =>
            summary.Replace("≥", ">=", StringComparison.Ordinal) + " (so said an earlier release)"
        );

        var verified = await new VerifyJudgements(trial).ExecuteAsync(null, RolloutTrial.Token);

        Assert.Empty(verified.Mismatches);
    }

    [Fact]
    public async Task Execute_SummaryWithAnotherNumber_IsNamed()
    {
        using var trial = await LiveCourseAsync();
        var numbered = await SayLatestAsync(trial, summary => summary + " 1 more");

        var verified = await new VerifyJudgements(trial).ExecuteAsync(null, RolloutTrial.Token);

        var mismatch = Assert.Single(verified.Mismatches);
        Assert.Equal("assessment", mismatch.What);
        Assert.Contains(numbered, mismatch.Recorded, StringComparison.Ordinal);
    }

    private static async Task<string> SayLatestAsync(RolloutTrial trial, Func<string, string> say)
    {
        await using var db = trial.CreateDbContext();
        var record = await db.Judgements.AsTracking().OrderByDescending(row => row.Id).FirstAsync(RolloutTrial.Token);
        var outcome = JsonSerializer.Deserialize<JudgedOutcome>(record.OutcomeJson, GateInputSnapshot.Json)!;
        var said = outcome with { Summary = say(outcome.Summary) };
        record.OutcomeJson = said.ToJson();
        await db.SaveChangesAsync(RolloutTrial.Token);
        return said.Summary;
    }

    // Two arms that are equally good until the halt, then a JSON arm that fails until it is rolled back.
    private static async Task<RolloutTrial> LiveCourseAsync()
    {
        var trial = await RolloutTrial.OpenAsync();
        await BeginHybridAsync(trial);
        var channels = new NotificationChannels(new NotificationOptions(), _ => null, trial);
        var watch = Watch(trial, channels);
        await RunEquallyGoodArmsAsync(trial, watch);

        var halted = await trial.RolloutAsync();
        Assert.Equal(RolloutPhase.Halted, halted.Phase);
        await trial.ResolveHalt.ExecuteAsync(
            "olga",
            halted.StateVersion,
            "Both arms are equally good; we go on to watch costs.",
            RolloutTrial.Token
        );
        await RunFailingJsonAsync(trial, watch);

        Assert.Equal(RolloutPhase.RolledBack, (await trial.RolloutAsync()).Phase);
        await JudgeAsync(trial, watch);
        channels.Dispose();
        return trial;
    }

    private static Task BeginHybridAsync(RolloutTrial trial) =>
        trial.PlaceAsync(
            (db, rollout) =>
            {
                rollout.Stage = Stage.Hybrid;
                db.StageAttempts.Add(
                    new StageAttempt
                    {
                        RolloutId = rollout.Id,
                        Stage = Stage.Hybrid,
                        Attempt = rollout.Attempt,
                        StartedAt = trial.Time.GetUtcNow(),
                    }
                );
            }
        );

    private static EvaluateRollout Watch(RolloutTrial trial, NotificationChannels channels) =>
        new(
            trial,
            trial.Gate,
            new ReadAlertInputs(
                new StillLoop(),
                new ReadLookbackWindow(new DatabaseAvailability(trial.Time)),
                new LifeSigns(trial.Time)
            ),
            new NotificationOutbox(channels),
            trial,
            trial.Time
        );

    private static async Task RunEquallyGoodArmsAsync(RolloutTrial trial, EvaluateRollout watch)
    {
        for (var i = 0; i < 20; i++)
        {
            await trial.AddIterationsAsync(i % 2 == 0 ? GenerationMode.Json : GenerationMode.FullCode, 11, k =>
                k % 10 < 6 ? SuccessLevel.Profitable : SuccessLevel.Failed
            );
            await JudgeAsync(trial, watch);
        }
    }

    private static async Task RunFailingJsonAsync(RolloutTrial trial, EvaluateRollout watch)
    {
        for (var i = 0; i < 5; i++)
        {
            await trial.AddIterationsAsync(GenerationMode.Json, 10, _ => SuccessLevel.Failed);
            await trial.PlaceAsync(
                (db, rollout) => db.Iterations.Add(Running(rollout, 221 + (i * 11) + 10, trial.Time.GetUtcNow()))
            );
            await JudgeAsync(trial, watch);
            await FinishRunningAsync(trial);
        }
    }

    private static Task FinishRunningAsync(RolloutTrial trial) =>
        trial.PlaceAsync(
            (db, _) =>
            {
                var running = db.Iterations.AsTracking().Single(row => row.Status == IterationStatus.Running);
                (running.Status, running.Level, running.SharpeRatio, running.EndedAt) = (
                    IterationStatus.Finished,
                    SuccessLevel.Profitable,
                    0.4,
                    trial.Time.GetUtcNow()
                );
            }
        );

    private static async Task JudgeAsync(RolloutTrial trial, EvaluateRollout watch)
    {
        trial.Time.Advance(TimeSpan.FromMinutes(2));
        await watch.ExecuteAsync(
            async (step, judged, token) =>
            {
                if (step.Action == DueAction.ImmediateRollback)
                {
                    var recorded = JsonSerializer.SerializeToElement(judged, GateInputSnapshot.Json);
                    await trial.Stop.ExecuteAsync(
                        new StopJsonRequest("immediate", "system", step.Reason, new { step.Rule, judged = recorded })
                    );
                }
                else if (step.Action == DueAction.LockPromotion)
                {
                    await trial.Halt.ExecuteAsync(token);
                }
            },
            RolloutTrial.Token
        );
    }

    private static IterationRecord Running(Rollout rollout, long number, DateTimeOffset now) =>
        new()
        {
            RolloutId = rollout.Id,
            Number = number,
            Stage = rollout.Stage,
            Attempt = rollout.Attempt,
            ConfigurationNumber = rollout.ConfigurationNumber,
            AssignmentReason = "trial",
            Status = IterationStatus.Running,
            AssignedMode = GenerationMode.FullCode,
            ClaimedAt = now,
        };

    private sealed class StillLoop : ILoopStatus
    {
        public LoopStatus Now { get; } = new(0, 1, null);

        public InstallationFacts Installation { get; } = new("offline generator", "synthetic", [], "none", false);
    }
}
