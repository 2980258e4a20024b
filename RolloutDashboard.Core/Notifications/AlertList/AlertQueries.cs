using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Alerts;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Notifications.AlertList;

/// <summary>Reads alerts of the latest rollout.</summary>
public sealed class AlertQueries(
    IDbContextFactory<RolloutDb> databases,
    ReadChannelStates readChannelStates,
    NotificationChannels channels,
    TimeProvider clock
) : IAlertQueries
{
    public async Task<AlertSlice> PageAsync(AlertFilter filter, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var rolloutId = await db.CurrentRolloutIdAsync(cancellationToken).ConfigureAwait(false);
        var all = db.Alerts.Where(alert =>
            alert.RolloutId == rolloutId
            && alert.Rule != AlertNames.SelfTest
            && alert.FiredAt != null
            && (alert.Phase == AlertPhase.Firing || alert.Phase == AlertPhase.Resolved)
        );
        var counts = new Dictionary<AlertListKind, int>();
        foreach (var kind in Enum.GetValues<AlertListKind>())
        {
            counts[kind] = await Of(all, kind).CountAsync(cancellationToken).ConfigureAwait(false);
        }

        var wanted = Of(all, filter.Kind);
        wanted = filter.Severity is { } severity ? wanted.Where(alert => alert.Severity >= severity) : wanted;
        wanted = filter.Rule is { } rule ? wanted.Where(alert => alert.Rule == rule) : wanted;
        var total = await wanted.CountAsync(cancellationToken).ConfigureAwait(false);
        var ordered =
            filter.Kind == AlertListKind.History
                ? wanted.OrderByDescending(alert => alert.FiredAt)
                : wanted.OrderByDescending(alert => alert.Severity).ThenByDescending(alert => alert.FiredAt);
        var rows = await ordered
            .Skip((filter.Page - 1) * AlertFilter.PageSize)
            .Take(AlertFilter.PageSize)
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);
        var messages = await MessagesAsync(db, rows, cancellationToken).ConfigureAwait(false);
        return new AlertSlice(
            [.. rows.Select(row => Line(row, messages))],
            total,
            counts,
            await readChannelStates.ExecuteAsync(db, cancellationToken).ConfigureAwait(false)
        );
    }

    private IQueryable<AlertRecord> Of(IQueryable<AlertRecord> alerts, AlertListKind kind)
    {
        var now = clock.GetUtcNow();
        return kind switch
        {
            AlertListKind.History => alerts.Where(alert => alert.Phase == AlertPhase.Resolved),
            AlertListKind.Silenced => alerts.Where(alert =>
                alert.Phase == AlertPhase.Firing && alert.SilencedUntil > now
            ),
            AlertListKind.Acknowledged => alerts.Where(alert =>
                alert.Phase == AlertPhase.Firing && alert.AcknowledgedBy != null
            ),
            _ => alerts.Where(alert => alert.Phase == AlertPhase.Firing),
        };
    }

    private static async Task<List<Notification>> MessagesAsync(
        RolloutDb db,
        List<AlertRecord> rows,
        CancellationToken cancellationToken
    )
    {
        var ids = rows.Select(row => row.Id).ToList();
        return ids.Count == 0
            ? []
            : await db
                .Notifications.Where(message => message.AlertId != null && ids.Contains(message.AlertId.Value))
                .OrderBy(message => message.Id)
                .ToListAsync(cancellationToken)
                .ConfigureAwait(false);
    }

    private AlertLine Line(AlertRecord row, IEnumerable<Notification> messages) =>
        new(
            row.Id,
            row.Rule,
            NotificationMessage.NameOf(row.Rule),
            row.Severity,
            row.Phase,
            row.Text,
            row.FiredAt ?? row.Since,
            row.ResolvedAt,
            row.AcknowledgedAt,
            row.AcknowledgedBy,
            row.SilencedUntil > clock.GetUtcNow() ? row.SilencedUntil : null,
            [
                .. messages
                    .Where(message => message.AlertId == row.Id)
                    .GroupBy(message => message.Channel)
                    .Select(group => $"{channels.Find(group.Key)?.Title ?? group.Key}: {Fate(group.Last())}"),
            ]
        );

    private static string Fate(Notification message) =>
        message switch
        {
            { SentAt: not null } => message.Phase == AlertPhase.Resolved ? "told, and that it is resolved" : "told",
            { Silenced: true } => "silenced",
            { GivenUpAt: not null } => "given up",
            { LastError: not null } => FormattableString.Invariant(
                $"failing ({message.Attempts} {(message.Attempts == 1 ? "try" : "tries")})"
            ),
            _ => "waiting",
        };
}
