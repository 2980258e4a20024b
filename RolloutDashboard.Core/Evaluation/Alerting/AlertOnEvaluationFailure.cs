using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Alerts;
using RolloutDashboard.Core.Nodes;
using RolloutDashboard.Core.Notifications;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Evaluation.Alerting;

/// <summary>Alerts people that the rollout can't be judged, by a path of its own: what fails is the ordinary
/// one.</summary>
public sealed class AlertOnEvaluationFailure(
    IDbContextFactory<RolloutDb> databases,
    JudgementHealth health,
    NotificationOutbox outbox,
    IRolloutChanges changes,
    TimeProvider clock
)
{
    /// <summary>Fires while nothing is judged and resolves when it is again; does nothing when nothing has
    /// changed.</summary>
    public async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        var fault = health.Fault;
        await using var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var rolloutId = await db.CurrentRolloutIdAsync(cancellationToken).ConfigureAwait(false);
        var latest = await db
            .Alerts.AsTracking()
            .FirstOrDefaultAsync(
                row => row.RolloutId == rolloutId && row.Rule == AlertNames.JudgementFails && row.IsCurrent,
                cancellationToken
            )
            .ConfigureAwait(false);
        var firing = latest is { Phase: AlertPhase.Firing } ? latest : null;
        var now = clock.GetUtcNow();
        AlertRecord? row = null;
        if (fault is not null && firing is null)
        {
            latest?.IsCurrent = false;
            row = Fired(rolloutId, fault, now);
            db.Alerts.Add(row);
        }
        else if (fault is null && firing is not null)
        {
            row = firing;
            (row.Phase, row.Text, row.Since, row.ResolvedAt) = (
                AlertPhase.Resolved,
                "Gates and alert rules are judged again.",
                now,
                now
            );
        }

        if (row is not null)
        {
            await TellAsync(db, row, now, cancellationToken).ConfigureAwait(false);
        }
    }

    private static AlertRecord Fired(int rolloutId, string fault, DateTimeOffset now) =>
        new()
        {
            RolloutId = rolloutId,
            Rule = AlertNames.JudgementFails,
            Severity = AlertSeverity.Critical,
            Phase = AlertPhase.Firing,
            Text = $"Gates and alert rules are not judged. {fault}",
            Since = now,
            FiredAt = now,
            IsCurrent = true,
        };

    private async Task TellAsync(RolloutDb db, AlertRecord row, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await outbox
            .AddAsync(
                db,
                row,
                new AlertEvent(row.Rule, row.Phase, row.Severity, row.Text, now, row.SilencedUntil > now),
                cancellationToken
            )
            .ConfigureAwait(false);
        await db.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        changes.Publish();
    }
}
