using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Alerts;
using RolloutDashboard.Core.Evaluation;
using RolloutDashboard.Core.Evaluation.Alerting;
using RolloutDashboard.Core.Evaluation.Inputs;
using RolloutDashboard.Core.Faults;
using RolloutDashboard.Core.Gates.Criteria;
using RolloutDashboard.Core.Nodes;
using RolloutDashboard.Core.Notifications;
using RolloutDashboard.Core.Rollbacks;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Time;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Faults;

/// <summary>A rule that guards JSON mode throws: JSON is stopped, and it is stored and told why.</summary>
public sealed class GuardLostTests
{
    private const string Alert = "fault:rule:success-critical";

    [Fact]
    public async Task Watch_GuardThrows_StopsJsonWithinTenSecondsAndStoresTheFault()
    {
        using var trial = await RolloutTrial.OpenAsync(running: true);
        using var channels = new NotificationChannels(new NotificationOptions(), _ => null, trial);
        var rule = ThrowingRule.Of("success-critical");
        var watch = Watch(trial, channels, rule.AmongAll());
        rule.Throws = false;
        await JudgeAsync(trial, watch);
        Assert.True(trial.Switch.Allows);

        var planted = trial.Time.GetUtcNow();
        rule.Throws = true;
        while (trial.Switch.Allows && trial.Time.GetUtcNow() - planted < TimeSpan.FromMinutes(1))
        {
            trial.Time.Advance(TimeSpan.FromSeconds(2));
            await JudgeAsync(trial, watch);
        }

        Assert.True(trial.Time.GetUtcNow() - planted <= TimeSpan.FromSeconds(10));
        Assert.False((await trial.ConfigurationAsync()).JsonModeEnabled);
        var rollout = await trial.RolloutAsync();
        Assert.Equal(RolloutPhase.RolledBack, rollout.Phase);
        Assert.Contains(
            "guards JSON mode and can't be evaluated: InvalidOperationException: planted",
            rollout.PhaseReason,
            StringComparison.Ordinal
        );
        await AssertToldOnceAsync(trial);
        Assert.Equal(
            Verdict.Error,
            (await trial.Preview.ExecuteAsync(RolloutTrial.Token))
                .Gate.Criteria.Single(one => one.Key == DataFreshCriterion.Key)
                .Verdict
        );
    }

    [Fact]
    public async Task Watch_GuardStillThrowsAfterRestart_StaysFiringAndEndsWhenMended()
    {
        using var trial = await RolloutTrial.OpenAsync(running: true);
        using var channels = new NotificationChannels(new NotificationOptions(), _ => null, trial);
        var rule = ThrowingRule.Of("success-critical");
        await JudgeAsync(trial, Watch(trial, channels, rule.AmongAll()));
        trial.Time.Advance(TimeSpan.FromSeconds(2));
        await JudgeAsync(trial, Watch(trial, channels, rule.AmongAll()));

        using var next = await trial.NextProcessAsync();
        await using (var db = next.CreateDbContext())
        {
            Assert.Equal(
                AlertPhase.Firing,
                (await db.Alerts.SingleAsync(row => row.Rule == Alert && row.IsCurrent, RolloutTrial.Token)).Phase
            );
        }

        next.Time.Advance(FaultTransitions.Recovers);
        await JudgeAsync(next, Watch(next, channels, AlertRuleList.All));

        await using var later = next.CreateDbContext();
        Assert.Equal(
            AlertPhase.Resolved,
            (await later.Alerts.SingleAsync(row => row.Rule == Alert && row.IsCurrent, RolloutTrial.Token)).Phase
        );
        Assert.Equal(2, await later.Events.CountAsync(row => row.Source == Alert, RolloutTrial.Token));
    }

    [Fact]
    public void GuardsLost_JudgementFailsForSeconds_IsSaidUnlessTheDatabaseIsTheCause()
    {
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        var (ofCode, ofDatabase) = (new JudgementHealth(clock), new JudgementHealth(clock));
        for (var i = 0; i < 4; i++)
        {
            ofCode.Failed("planted", isOfDatabase: false);
            ofDatabase.Failed("database is locked", isOfDatabase: true);
            clock.Advance(TimeSpan.FromSeconds(2));
        }

        Assert.Contains("planted", ofCode.GuardsLost, StringComparison.Ordinal);
        Assert.Contains("planted", ofCode.Fault, StringComparison.Ordinal);
        Assert.Null(ofDatabase.GuardsLost);
        ofCode.Succeeded();
        Assert.Null(ofCode.GuardsLost);
    }

    [Fact]
    public void Fault_JudgementHangs_IsToldUnlessNoneIsMade()
    {
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        var health = new JudgementHealth(clock);
        health.Begins();
        clock.Advance(JudgementHealth.HangsAfter);
        Assert.Contains("hangs", health.Fault, StringComparison.Ordinal);

        health.Pauses();
        Assert.Null(health.Fault);
    }

    private static async Task AssertToldOnceAsync(RolloutTrial trial)
    {
        await using var db = trial.CreateDbContext();
        var stored = await db.Alerts.SingleAsync(row => row.Rule == Alert && row.IsCurrent, RolloutTrial.Token);
        Assert.Equal((AlertPhase.Firing, AlertSeverity.Critical), (stored.Phase, stored.Severity));
        Assert.Single(await db.Events.Where(row => row.Source == Alert).ToListAsync(RolloutTrial.Token));
        Assert.Contains(await db.Notifications.ToListAsync(RolloutTrial.Token), message =>
            message is { Rule: Alert, Phase: AlertPhase.Firing }
        );
    }

    private static EvaluateRollout Watch(
        RolloutTrial trial,
        NotificationChannels channels,
        IReadOnlyList<IAlertRule> rules
    ) =>
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
        )
        {
            Rules = rules,
        };

    private static Task JudgeAsync(RolloutTrial trial, EvaluateRollout watch) =>
        watch.ExecuteAsync(
            async (step, _, _) =>
            {
                if (step.Action == DueAction.ImmediateRollback)
                {
                    await trial.Stop.ExecuteAsync(
                        new StopJsonRequest("immediate", "system", step.Reason, new { step.Rule })
                    );
                }
            },
            RolloutTrial.Token
        );

    private sealed class StillLoop : ILoopStatus
    {
        public LoopStatus Now => new(0, 1, null);

        public InstallationFacts Installation => throw new NotSupportedException();
    }
}
