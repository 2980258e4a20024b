using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Iterations;
using RolloutDashboard.Core.Rollouts;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Monitoring;

/// <summary>Watches the rollout on a timer: the daily self-test of monitoring, and the alert of a rollback.</summary>
public sealed class WatchRollout(IDbContextFactory<RolloutDb> databases, IRolloutChanges changes, TimeProvider clock)
{
    private static readonly TimeSpan SelfTestEvery = TimeSpan.FromDays(1);

    public async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var rollout = await db.Rollouts.OrderByDescending(row => row.Id).FirstAsync(cancellationToken).ConfigureAwait(false);
        await SelfTestAsync(db, rollout, cancellationToken).ConfigureAwait(false);
        await RollbackAlertAsync(db, rollout, cancellationToken).ConfigureAwait(false);
        if (await db.SaveChangesAsync(cancellationToken).ConfigureAwait(false) > 0)
        {
            changes.Publish();
        }
    }

    // Delivered by the path of real alerts to the dashboard channel, and read from there by the gate.
    private async Task SelfTestAsync(RolloutDb db, Rollout rollout, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var due = now - SelfTestEvery;
        if (!await db.Alerts.AnyAsync(alert => alert.RolloutId == rollout.Id && alert.Rule == AlertNames.SelfTest && alert.Since > due, cancellationToken).ConfigureAwait(false))
        {
            db.Alerts.Add(new AlertRecord { RolloutId = rollout.Id, Rule = AlertNames.SelfTest, Severity = AlertSeverity.Info, State = AlertState.Resolved, Text = "Self-test of monitoring.", Since = now, FiredAt = now, ResolvedAt = now });
        }
    }

    private async Task RollbackAlertAsync(RolloutDb db, Rollout rollout, CancellationToken cancellationToken)
    {
        var firing = await db.Alerts.AsTracking().SingleOrDefaultAsync(alert => alert.RolloutId == rollout.Id && alert.Rule == "rolled-back" && alert.State == AlertState.Firing, cancellationToken).ConfigureAwait(false);
        var now = clock.GetUtcNow();
        if (rollout.Phase == RolloutPhase.RolledBack && firing is null)
        {
            db.Alerts.Add(new AlertRecord { RolloutId = rollout.Id, Rule = "rolled-back", Severity = AlertSeverity.Critical, State = AlertState.Firing, Text = $"JSON mode was rolled back: {rollout.PhaseReason}", Since = now, FiredAt = now });
        }
        else if (rollout.Phase != RolloutPhase.RolledBack && firing is not null)
        {
            (firing.State, firing.ResolvedAt) = (AlertState.Resolved, now);
        }
    }
}
