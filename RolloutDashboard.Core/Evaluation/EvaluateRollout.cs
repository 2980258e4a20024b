using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Alerts;
using RolloutDashboard.Core.Evaluation.Alerting;
using RolloutDashboard.Core.Faults;
using RolloutDashboard.Core.Nodes;
using RolloutDashboard.Core.Notifications;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Evaluation;

/// <summary>
/// The shell around <see cref="RolloutEvaluator"/>: reads values, stores the alerts it returns, and tells which actions
/// are due.
/// </summary>
public sealed class EvaluateRollout(
    IDbContextFactory<RolloutDb> databases,
    JudgeGate judgeGate,
    ReadAlertInputs readAlertInputs,
    NotificationOutbox outbox,
    IRolloutChanges changes,
    TimeProvider clock
)
{
    private static readonly TimeSpan SelfTestEvery = TimeSpan.FromDays(1);

    /// <summary>The rules to judge by; all there are, unless a test says otherwise.</summary>
    public IReadOnlyList<IAlertRule> Rules { get; init; } = AlertRuleList.All;

    /// <param name="act">Carries out what is due, before anything is written: a full disk must not hold a rollback
    /// up.</param>
    public async Task ExecuteAsync(
        Func<DueStep, RolloutEvaluation, CancellationToken, Task> act,
        CancellationToken cancellationToken
    )
    {
        var mark = judgeGate.Mark();
        await using var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var rollout = await db.CurrentRolloutAsync(cancellationToken).ConfigureAwait(false);
        var gate = await judgeGate.ExecuteAsync(db, rollout, mark, cancellationToken).ConfigureAwait(false);
        var current = await CurrentAlertsAsync(db, rollout, cancellationToken).ConfigureAwait(false);
        var alerts = new StoredAlerts(db, rollout.Id, current);
        var inputs = await ReadAsync(db, rollout, gate, alerts.States, cancellationToken).ConfigureAwait(false);
        var judged = RolloutEvaluation.Of(rollout.Attempt, inputs);
        var assessment = RolloutEvaluator.Evaluate(inputs, Rules, gate.Report);
        foreach (var step in assessment.Due)
        {
            await act(step, judged, cancellationToken).ConfigureAwait(false);
        }

        await StoreAsync(db, alerts, rollout.Id, assessment, inputs.Gate.Now, cancellationToken).ConfigureAwait(false);
        await RecordJudgement.AddAsync(db, rollout, judged, assessment, cancellationToken).ConfigureAwait(false);
        // As the actions left it: the team is told of a rollback by the judgement that asked for it.
        var after =
            assessment.Due.Count == 0
                ? rollout
                : await db.Rollouts.SingleAsync(row => row.Id == rollout.Id, cancellationToken).ConfigureAwait(false);
        await StoreRolledBackAsync(db, alerts, after, current, clock.GetUtcNow(), cancellationToken)
            .ConfigureAwait(false);
        await SelfTestAsync(db, rollout, cancellationToken).ConfigureAwait(false);
        if (await db.SaveChangesAsync(cancellationToken).ConfigureAwait(false) > 0)
        {
            Publish(assessment);
        }
    }

    private static Task<List<AlertRecord>> CurrentAlertsAsync(
        RolloutDb db,
        Rollout rollout,
        CancellationToken cancellationToken
    ) =>
        db
            .Alerts.AsTracking()
            .Where(row => row.RolloutId == rollout.Id && row.IsCurrent)
            .ToListAsync(cancellationToken);

    private async Task<RolloutInputs> ReadAsync(
        RolloutDb db,
        Rollout rollout,
        GateJudgement gate,
        IReadOnlyList<RuleState> states,
        CancellationToken cancellationToken
    )
    {
        var thresholds = AlertThresholds.InForce;
        var alert = await readAlertInputs
            .ExecuteAsync(db, rollout, gate.Configuration, gate.Inputs, thresholds, cancellationToken)
            .ConfigureAwait(false);
        var haltResolved = await IsHaltResolvedAsync(db, rollout, cancellationToken).ConfigureAwait(false);
        return new RolloutInputs(
            gate.Definition,
            gate.Inputs,
            alert,
            thresholds,
            states,
            gate.Configuration.JsonModeEnabled,
            haltResolved
        );
    }

    private static Task<bool> IsHaltResolvedAsync(RolloutDb db, Rollout rollout, CancellationToken cancellationToken) =>
        db.StageAttempts.AnyAsync(
            visit =>
                visit.RolloutId == rollout.Id
                && visit.Stage == rollout.Stage
                && visit.Attempt == rollout.Attempt
                && visit.HaltResolvedAt != null,
            cancellationToken
        );

    private async Task StoreAsync(
        RolloutDb db,
        StoredAlerts alerts,
        int rolloutId,
        RolloutAssessment assessment,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        foreach (var state in assessment.Alerts)
        {
            var row = alerts.Store(state, now);
            if (assessment.Events.FirstOrDefault(told => told.Rule == state.Rule) is { } told)
            {
                await outbox.AddAsync(db, row, told, cancellationToken).ConfigureAwait(false);
                FaultEvents.Add(db, rolloutId, told);
            }
        }
    }

    // At full pace a sample of the judgements is kept every few seconds; that is no news.
    private void Publish(RolloutAssessment assessment)
    {
        if (assessment.Events.Count + assessment.Due.Count > 0)
        {
            changes.Publish();
        }
        else
        {
            changes.PublishProgress();
        }
    }

    private async Task StoreRolledBackAsync(
        RolloutDb db,
        StoredAlerts alerts,
        Rollout rollout,
        IReadOnlyList<AlertRecord> current,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var known = current.FirstOrDefault(row => row.Rule == AlertNames.RolledBack);
        var (before, silencedUntil) = (known?.Phase ?? AlertPhase.Inactive, known?.SilencedUntil);
        var state = RolledBack(rollout, current, now);
        var row = alerts.Store(state, now);
        if (state.Phase != before && state.Phase is (AlertPhase.Firing or AlertPhase.Resolved))
        {
            // A silence of one rollback does not hide the next one.
            var silenced = state.Phase == AlertPhase.Resolved && silencedUntil > now;
            await outbox
                .AddAsync(
                    db,
                    row,
                    new AlertEvent(state.Rule, state.Phase, state.Severity, state.Text, now, silenced),
                    cancellationToken
                )
                .ConfigureAwait(false);
        }
    }

    // Not a rule: it calls the team for every rollback, whoever asked for it, until the rollout is resumed.
    private static RuleState RolledBack(Rollout rollout, IReadOnlyList<AlertRecord> current, DateTimeOffset now)
    {
        var known = current.FirstOrDefault(row => row.Rule == AlertNames.RolledBack);
        return rollout.Phase == RolloutPhase.RolledBack ? Fired(known, rollout.PhaseReason, now) : Ended(known, now);
    }

    private static RuleState Fired(AlertRecord? known, string? reason, DateTimeOffset now) =>
        known is { Phase: AlertPhase.Firing }
            ? new RuleState(
                AlertNames.RolledBack,
                AlertPhase.Firing,
                AlertSeverity.Critical,
                known.Text,
                known.Since,
                known.FiredAt,
                known.AcknowledgedBy
            )
            : new RuleState(
                AlertNames.RolledBack,
                AlertPhase.Firing,
                AlertSeverity.Critical,
                $"JSON mode was rolled back: {reason}",
                now,
                now
            );

    private static RuleState Ended(AlertRecord? known, DateTimeOffset now) =>
        known is { Phase: AlertPhase.Firing }
            ? new RuleState(
                AlertNames.RolledBack,
                AlertPhase.Resolved,
                AlertSeverity.Critical,
                "The rollout was resumed.",
                now,
                known.FiredAt,
                known.AcknowledgedBy
            )
            : new RuleState(
                AlertNames.RolledBack,
                known?.Phase ?? AlertPhase.Inactive,
                AlertSeverity.Critical,
                known?.Text ?? "No rollback.",
                known?.Since ?? now,
                known?.FiredAt,
                known?.AcknowledgedBy
            );

    // Delivered by the path of real alerts to the dashboard channel, and read from there by the gate.
    private async Task SelfTestAsync(RolloutDb db, Rollout rollout, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var due = now - SelfTestEvery;
        if (
            !await db
                .Alerts.AnyAsync(
                    alert => alert.RolloutId == rollout.Id && alert.Rule == AlertNames.SelfTest && alert.Since > due,
                    cancellationToken
                )
                .ConfigureAwait(false)
        )
        {
            db.Alerts.Add(
                new AlertRecord
                {
                    RolloutId = rollout.Id,
                    Rule = AlertNames.SelfTest,
                    Severity = AlertSeverity.Info,
                    Phase = AlertPhase.Resolved,
                    Text = "Self-test of monitoring.",
                    Since = now,
                    FiredAt = now,
                    ResolvedAt = now,
                }
            );
        }
    }
}
