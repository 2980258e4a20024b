using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Evidence;
using RolloutDashboard.Core.Llm.Budget;
using RolloutDashboard.Core.Rollbacks;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Storage.Entities.Evidence;
using RolloutDashboard.Core.Vocabulary.States;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Recovery;

public sealed class TakeMachineClockTests
{
    private const string Idle = "no-iteration";

    // What is history: it is shown and compared, but nothing is waited for or measured from it any more.
    private static readonly string[] History =
    [
        "AlertRecord.ResolvedAt",
        "BusinessSignOff.At",
        "BusinessSignOff.WithdrawnAt",
        "Champion.CrownedAt",
        "ClockCorrection.At",
        "ComparisonReportRecord.At",
        "ConfigurationVersion.CreatedAt",
        "DecisionRecord.At",
        "EventRecord.At",
        "FeedbackAnswer.At",
        "FindingRecord.ClearedAt",
        "FindingRecord.DismissedAt",
        "FindingRecord.FirstSeenAt",
        "FindingRecord.LastSeenAt",
        "GateDefinitionVersion.CreatedAt",
        "HoldOutLook.At",
        "HourBucket.Hour",
        "IterationRecord.EndedAt",
        "Lineage.ClosedAt",
        "Lineage.StartedAt",
        "JudgementRecord.At",
        "Notification.GivenUpAt",
        "Notification.SentAt",
        "Procedure.EndedAt",
        "RollupBucket.Minute",
        "StageAttempt.HaltedAt",
        "StageAttempt.HaltResolvedAt",
    ];

    public static TheoryData<double> Hours => [-1, 1, -25, 25];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task MovedInstants_EveryInstantOfTheModel_IsMovedOrHistory()
    {
        await using var trial = await ClockTrial.OpenAsync();
        await using var db = trial.Db();

        var all = db
            .Model.GetEntityTypes()
            .SelectMany(entity =>
                entity
                    .GetProperties()
                    .Where(property =>
                        (Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType) == typeof(DateTimeOffset)
                    )
                    .Select(property => $"{entity.ClrType.Name}.{property.Name}")
            );
        var moved = MovedInstants.All.SelectMany(one => one.Properties.Select(name => $"{one.Entity.Name}.{name}"));

        Assert.Equal(all.Order(StringComparer.Ordinal), moved.Concat(History).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Hours))]
    public async Task Execute_ClockSet_WhatWaitsHasAsMuchLeftAsBefore(double hours)
    {
        await using var trial = await ClockTrial.OpenAsync();
        trial.Machine.Advance(TimeSpan.FromHours(3));
        await PlaceAsync(trial);
        var before = await LeftAsync(trial);
        trial.Machine.Correction = TimeSpan.FromHours(hours);

        Assert.Equal(TimeSpan.FromHours(hours), (await trial.TakeAsync())?.By);

        Assert.Equal(before, await LeftAsync(trial));
        Assert.Equal(trial.Machine.GetUtcNow(), trial.Clock.GetUtcNow());
    }

    [Theory]
    [MemberData(nameof(Hours))]
    public async Task Execute_ClockSet_IsToldOnce(double hours)
    {
        await using var trial = await ClockTrial.OpenAsync();
        trial.Machine.Correction = TimeSpan.FromHours(hours);

        await trial.TakeAsync();
        trial.Machine.Advance(TimeSpan.FromSeconds(2));
        Assert.Null(await trial.TakeAsync());

        var told = Assert.Single(await trial.EventsAsync());
        Assert.StartsWith(
            $"The machine's clock was set {(hours < 0 ? "back" : "forward")} by {Math.Abs(hours)} h.",
            told.Text,
            StringComparison.Ordinal
        );
        Assert.Equal(trial.Clock.GetUtcNow().AddSeconds(-2), told.At);
    }

    [Theory]
    [MemberData(nameof(Hours))]
    public async Task Execute_ClockSetInTheMiddleOfAnIteration_RecordsNoIterationThatEndsBeforeItBegan(double hours)
    {
        await using var trial = await ClockTrial.OpenAsync();
        var ended = await trial.IterateAsync();
        var running = await trial.ClaimAsync();
        trial.Machine.Correction = TimeSpan.FromHours(hours);
        await trial.TakeAsync();
        trial.Machine.Advance(TimeSpan.FromSeconds(3));
        await trial.FinishAsync(running);
        await trial.IterateAsync();

        await using var db = trial.Db();
        var rows = await db.Iterations.OrderBy(row => row.Number).ToListAsync(Token);
        Assert.All(rows, row =>
            Assert.True(row.EndedAt >= row.ClaimedAt, $"{row.Number}: {row.ClaimedAt} to {row.EndedAt}")
        );
        Assert.Equal(TimeSpan.FromSeconds(3), rows[1].EndedAt - rows[1].ClaimedAt);
        Assert.Equal(ended.Number, rows[0].Number);
        Assert.Empty(await ClockFindingsAsync(trial));
    }

    [Fact]
    public async Task Checks_ClockGoesBackWithoutACorrection_IsAFinding()
    {
        await using var trial = await ClockTrial.OpenAsync();
        await trial.IterateAsync();
        trial.Machine.Correction = TimeSpan.FromHours(-1);
        await trial.TakeAsync();
        await trial.IterateAsync();
        await using (var db = trial.Db())
        {
            await db.ClockCorrections.ExecuteDeleteAsync(Token);
        }

        Assert.Single(await ClockFindingsAsync(trial));
    }

    [Theory]
    [MemberData(nameof(Hours))]
    public async Task Execute_LoopStandsStillAfterwards_IsToldAfterAQuarterOfAnHour(double hours)
    {
        await using var trial = await ClockTrial.OpenAsync();
        await trial.IterateAsync();
        await trial.JudgeAsync();
        trial.Machine.Correction = TimeSpan.FromHours(hours);
        await trial.TakeAsync();
        await trial.JudgeAsync();
        await PassAsync(trial, TimeSpan.FromMinutes(14));
        Assert.Null(await trial.PhaseAsync(Idle));

        await PassAsync(trial, TimeSpan.FromMinutes(3));

        Assert.Equal(AlertPhase.Firing, await trial.PhaseAsync(Idle));
    }

    [Theory]
    [MemberData(nameof(Hours))]
    public async Task Execute_LoopGoesOnAfterwards_IsNotCalledIdle(double hours)
    {
        await using var trial = await ClockTrial.OpenAsync();
        await trial.IterateAsync();
        await trial.JudgeAsync();
        trial.Machine.Correction = TimeSpan.FromHours(hours);
        await trial.TakeAsync();

        for (var i = 0; i < 10; i++)
        {
            await trial.IterateAsync();
            await PassAsync(trial, TimeSpan.FromMinutes(10));
        }

        Assert.Null(await trial.PhaseAsync(Idle));
    }

    [Theory]
    [MemberData(nameof(Hours))]
    public async Task Execute_BudgetSpent_StaysSpentAlsoOverARestart(double hours)
    {
        await using var trial = await ClockTrial.OpenAsync();
        trial.Service<BudgetGuard>().Add(new Spend(trial.Clock.GetUtcNow(), 4, 100));
        trial.Machine.Correction = TimeSpan.FromHours(hours);
        await trial.TakeAsync();
        Assert.Equal(4, trial.Service<BudgetGuard>().Use.UsdInDay);

        await trial.EndAsync(clean: true);
        await trial.StartAsync();

        Assert.Equal(4, trial.Service<BudgetGuard>().Use.UsdInDay);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AtStart_SetBackWhileNoneRan_IsTakenOverOnceAndNotByTheThirdProcess(bool clean)
    {
        await using var trial = await ClockTrial.OpenAsync();
        await PlaceAsync(trial);
        var before = await LeftAsync(trial);
        await trial.EndAsync(clean);
        trial.Machine.Correction = TimeSpan.FromHours(-1);

        await trial.StartAsync();
        Assert.Equal(TimeSpan.FromHours(-1), trial.FoundAtStart?.By);
        Assert.Equal(before["alert ends"], (await LeftAsync(trial))["alert ends"]);
        await trial.EndAsync(clean);
        await trial.StartAsync();

        Assert.Null(trial.FoundAtStart);
        var told = Assert.Single(await trial.EventsAsync());
        Assert.StartsWith(
            "The machine's clock was set back by at least 1 h while no process ran.",
            told.Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task AtStart_ClockAsBefore_FindsNothing()
    {
        await using var trial = await ClockTrial.OpenAsync();
        await trial.EndAsync(clean: false);
        await trial.StartAsync();

        Assert.Null(trial.FoundAtStart);
        Assert.Empty(await trial.EventsAsync());
    }

    [Fact]
    public async Task Verify_RollbackAskedForInTheFuture_IsVerifiedAllTheSame()
    {
        await using var trial = await ClockTrial.OpenAsync();
        await trial.Service<StopJson>().ExecuteAsync(new StopJsonRequest("immediate", "operator", "test", new { }));
        await using (var db = trial.Db())
        {
            var future = trial.Clock.GetUtcNow().AddHours(25);
            await db.Rollbacks.ExecuteUpdateAsync(update => update.SetProperty(row => row.RequestedAt, future), Token);
        }

        for (var i = 0; i < 6; i++)
        {
            await trial.IterateAsync();
        }

        await trial.Service<VerifyRollback>().ExecuteAsync(2, trial.Clock.GetUtcNow(), null, Token);

        await using var after = trial.Db();
        var rollback = await after.Rollbacks.Include(row => row.Steps).SingleAsync(Token);
        Assert.Equal(RollbackState.Verified, rollback.State);
        Assert.Equal("done", rollback.Steps.Single(step => step.Order == RollbackSteps.Workers).State);
    }

    private static async Task PassAsync(ClockTrial trial, TimeSpan time)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += TimeSpan.FromMinutes(1))
        {
            trial.Machine.Advance(TimeSpan.FromMinutes(1));
            await trial.JudgeAsync();
        }
    }

    private static async Task<IReadOnlyList<Finding>> ClockFindingsAsync(ClockTrial trial)
    {
        await using var db = trial.Db();
        var set = await ReadEvidenceSet.OfRolloutAsync(db, await db.Rollouts.SingleAsync(Token), Token);
        return [.. EvidenceChecks.Run(set).Where(finding => finding.Code == "missing-records")];
    }

    // One of everything that waits, and of what is over but must not come back.
    private static async Task PlaceAsync(ClockTrial trial)
    {
        await trial.ClaimAsync();
        await using var db = trial.Db();
        var now = trial.Clock.GetUtcNow();
        AddAlerts(db, now);
        AddWaiting(db, now);
        db.EvidenceCheckRuns.Add(new EvidenceCheckRun { RolloutId = 1, At = now.AddSeconds(-30) });
        db.Users.Add(new DashboardUser { UserName = "locked", LockoutEnd = now.AddMinutes(4) });
        db.Users.Add(new DashboardUser { UserName = "locked for ever", LockoutEnd = DateTimeOffset.MaxValue });
        await db.SaveChangesAsync(Token);
        await db.StageAttempts.ExecuteUpdateAsync(
            update =>
                update
                    .SetProperty(row => row.OverrideBy, "operator")
                    .SetProperty(row => row.OverrideExpiresAt, now.AddDays(2)),
            Token
        );
    }

    private static void AddAlerts(RolloutDb db, DateTimeOffset now) =>
        db.Alerts.AddRange(
            new AlertRecord
            {
                RolloutId = 1,
                Rule = "alert ends",
                Text = "",
                IsCurrent = true,
                Phase = AlertPhase.Firing,
                Since = now.AddMinutes(-5),
                FiredAt = now.AddMinutes(-5),
                SilencedUntil = now.AddMinutes(30),
            },
            new AlertRecord
            {
                RolloutId = 1,
                Rule = "alert ended",
                Text = "",
                IsCurrent = true,
                Phase = AlertPhase.Firing,
                Since = now.AddMinutes(-5),
                FiredAt = now.AddMinutes(-5),
                SilencedUntil = now.AddMinutes(-1),
            },
            new AlertRecord
            {
                RolloutId = 1,
                Rule = "alert pends",
                Text = "",
                IsCurrent = true,
                Phase = AlertPhase.Pending,
                Since = now.AddSeconds(-20),
            }
        );

    private static void AddWaiting(RolloutDb db, DateTimeOffset now)
    {
        db.Notifications.Add(
            new Notification
            {
                RolloutId = 1,
                Key = "waits",
                Channel = "slack",
                Rule = "r",
                Text = "t",
                CreatedAt = now.AddMinutes(-2),
                DueAt = now.AddMinutes(5),
            }
        );
        db.Procedures.Add(
            new Procedure
            {
                RolloutId = 1,
                Kind = Procedure.Gradual,
                Actor = "operator",
                Reason = "test",
                StartedAt = now.AddMinutes(-9),
                StepStartedAt = now.AddMinutes(-4),
            }
        );
    }

    private static async Task<SortedDictionary<string, TimeSpan?>> LeftAsync(ClockTrial trial)
    {
        await using var db = trial.Db();
        var now = trial.Clock.GetUtcNow();
        var left = new SortedDictionary<string, TimeSpan?>(StringComparer.Ordinal);
        await foreach (var alert in db.Alerts.Where(row => row.Rule.StartsWith("alert")).AsAsyncEnumerable())
        {
            (left[alert.Rule], left[$"{alert.Rule}, since"]) = (alert.SilencedUntil - now, alert.Since - now);
        }

        var message = await db.Notifications.SingleAsync(Token);
        (left["message"], left["message made"]) = (message.DueAt - now, message.CreatedAt - now);
        left["gradual step"] = (await db.Procedures.SingleAsync(Token)).StepStartedAt - now;
        left["checks"] = (await db.EvidenceCheckRuns.SingleAsync(Token)).At - now;
        left["lock-out"] = (await db.Users.SingleAsync(user => user.UserName == "locked", Token)).LockoutEnd - now;
        var attempt = await db.StageAttempts.SingleAsync(Token);
        (left["attempt"], left["override"]) = (attempt.StartedAt - now, attempt.OverrideExpiresAt - now);
        var rollout = await db.Rollouts.SingleAsync(Token);
        (left["rollout"], left["rollout's attempt"]) = (rollout.CreatedAt - now, rollout.AttemptStartedAt - now);
        left["session"] = (await db.ProcessSessions.OrderBy(row => row.Id).FirstAsync(Token)).StartedAt - now;
        left["running"] =
            (await db.Iterations.SingleAsync(row => row.Status == IterationStatus.Running, Token)).ClaimedAt - now;
        return left;
    }
}
