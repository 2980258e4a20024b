using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Alerts;
using RolloutDashboard.Core.Evaluation;
using RolloutDashboard.Core.Evaluation.Alerting;
using RolloutDashboard.Core.Gates.Criteria;
using RolloutDashboard.Core.Notifications;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Evaluation.Alerting;

public sealed class JudgementFaultTests
{
    [Fact]
    public async Task Fault_LastingAMinute_FailsTheGateAndAlertsOnceUntilItIsOver()
    {
        using var trial = await RolloutTrial.OpenAsync();
        using var channels = new NotificationChannels(new NotificationOptions(), _ => null, trial);
        var tell = AlertOnFailure(trial, channels);
        trial.Judgement.Failed("no such table");
        await tell.ExecuteAsync(RolloutTrial.Token);
        Assert.NotEqual(Verdict.Error, await FreshAsync(trial));

        trial.Time.Advance(JudgementHealth.Patience);
        trial.Judgement.Failed("no such table");
        await tell.ExecuteAsync(RolloutTrial.Token);
        await tell.ExecuteAsync(RolloutTrial.Token);

        Assert.Equal(Verdict.Error, await FreshAsync(trial));
        await using var db = trial.CreateDbContext();
        var alert = await db.Alerts.SingleAsync(row => row.Rule == AlertNames.JudgementFails, RolloutTrial.Token);
        Assert.Equal((AlertPhase.Firing, AlertSeverity.Critical), (alert.Phase, alert.Severity));
        Assert.Contains("no such table", alert.Text, StringComparison.Ordinal);

        trial.Judgement.Succeeded();
        await tell.ExecuteAsync(RolloutTrial.Token);
        Assert.NotEqual(Verdict.Error, await FreshAsync(trial));
        await using var later = trial.CreateDbContext();
        Assert.Equal(
            AlertPhase.Resolved,
            (await later.Alerts.SingleAsync(row => row.Rule == AlertNames.JudgementFails, RolloutTrial.Token)).Phase
        );
        Assert.Equal(
            2,
            await later.Notifications.CountAsync(
                message => message.Rule == AlertNames.JudgementFails && message.Channel == "dashboard",
                RolloutTrial.Token
            )
        );
    }

    private static AlertOnEvaluationFailure AlertOnFailure(RolloutTrial trial, NotificationChannels channels) =>
        new(trial, trial.Judgement, new NotificationOutbox(channels), trial, trial.Time);

    private static async Task<Verdict> FreshAsync(RolloutTrial trial) =>
        (await trial.Preview.ExecuteAsync(RolloutTrial.Token))
            .Gate.Criteria.Single(criterion => criterion.Key == DataFreshCriterion.Key)
            .Verdict;
}
