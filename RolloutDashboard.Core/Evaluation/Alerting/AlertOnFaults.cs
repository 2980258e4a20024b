using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Alerts;
using RolloutDashboard.Core.Faults;
using RolloutDashboard.Core.Nodes;
using RolloutDashboard.Core.Notifications;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;

namespace RolloutDashboard.Core.Evaluation.Alerting;

/// <summary>Stores what the register was told as alerts, and tells people when one begins and when it ends. What the
/// judgement can't evaluate, it stores itself.</summary>
public sealed class AlertOnFaults(
    IDbContextFactory<RolloutDb> databases,
    FaultRegister register,
    NotificationOutbox outbox,
    IRolloutChanges changes,
    TimeProvider clock
)
{
    private static readonly FaultKind[] Kinds = [FaultKind.Check, FaultKind.Duty, FaultKind.Channel];

    /// <summary>Brings the alerts level with what was reported since the last time.</summary>
    public async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        var reports = register.Take();
        try
        {
            await StoreAsync(reports, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            register.GiveBack(reports);
            throw;
        }
    }

    private async Task StoreAsync(IReadOnlyList<FaultReport> reports, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var rolloutId = await db.CurrentRolloutIdAsync(cancellationToken).ConfigureAwait(false);
        var current = await CurrentAsync(db, rolloutId, cancellationToken).ConfigureAwait(false);
        var stored = new StoredAlerts(db, rolloutId, current);
        var known = stored
            .States.Where(state =>
                Kinds.Any(kind => state.Rule.StartsWith(FaultSource.PrefixOf(kind), StringComparison.Ordinal))
            )
            .ToDictionary(state => state.Rule, StringComparer.Ordinal);
        var now = clock.GetUtcNow();
        foreach (var report in reports)
        {
            known.Remove(report.Source.Key, out var state);
            await KeepAsync(
                    db,
                    rolloutId,
                    stored,
                    FaultTransitions.Advance(state, report.Source, report.Fault, now),
                    now,
                    cancellationToken
                )
                .ConfigureAwait(false);
        }

        foreach (var gone in known.Values.Where(state => !register.IsKnown(state.Rule)))
        {
            await KeepAsync(db, rolloutId, stored, FaultTransitions.End(gone, now), now, cancellationToken)
                .ConfigureAwait(false);
        }

        if (await db.SaveChangesAsync(cancellationToken).ConfigureAwait(false) > 0)
        {
            changes.Publish();
        }
    }

    private static Task<List<AlertRecord>> CurrentAsync(
        RolloutDb db,
        int rolloutId,
        CancellationToken cancellationToken
    ) =>
        db
            .Alerts.AsTracking()
            .Where(row =>
                row.RolloutId == rolloutId
                && row.IsCurrent
                && row.Rule.StartsWith(AlertNames.Fault)
                && !row.Rule.StartsWith(AlertNames.RuleFault)
            )
            .ToListAsync(cancellationToken);

    private async Task KeepAsync(
        RolloutDb db,
        int rolloutId,
        StoredAlerts stored,
        (RuleState? State, AlertEvent? Event) next,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        if (next.State is not { } state)
        {
            return;
        }

        var row = stored.Store(state, now);
        if (next.Event is { } told)
        {
            await outbox.AddAsync(db, row, told, cancellationToken).ConfigureAwait(false);
            FaultEvents.Add(db, rolloutId, told);
        }
    }
}
