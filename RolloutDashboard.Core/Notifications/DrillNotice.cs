using RolloutDashboard.Core.Alerts;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Notifications;

/// <summary>Writes a drill's alert as a critical one that is over at once, so that the same channels carry
/// it.</summary>
public sealed class DrillNotice(NotificationOutbox outbox) : IDrillNotice
{
    public async Task WriteAsync(
        RolloutDb db,
        int rolloutId,
        string text,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var row = new AlertRecord
        {
            RolloutId = rolloutId,
            Rule = AlertNames.Drill,
            Severity = AlertSeverity.Critical,
            Phase = AlertPhase.Resolved,
            Text = text,
            Since = now,
            FiredAt = now,
            ResolvedAt = now,
        };
        db.Alerts.Add(row);
        await outbox
            .AddAsync(
                db,
                row,
                new AlertEvent(row.Rule, AlertPhase.Firing, row.Severity, text, now, false),
                cancellationToken
            )
            .ConfigureAwait(false);
    }
}
