using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Alerts;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;

namespace RolloutDashboard.Core.Notifications;

/// <summary>Writes messages beside the alerts they tell of, into the caller's own save: neither is ever there without
/// the other.</summary>
public sealed class NotificationOutbox(NotificationChannels channels)
{
    /// <param name="alert">The tracked row of the alert.</param>
    public async Task AddAsync(RolloutDb db, AlertRecord alert, AlertEvent told, CancellationToken cancellationToken)
    {
        foreach (var channel in channels.All.Where(channel => channel.IsConfigured && told.Severity >= channel.From))
        {
            var key = FormattableString
                .Invariant(
                    $"r{alert.RolloutId}-{told.Rule}-{alert.FiredAt?.UtcTicks ?? told.At.UtcTicks}-{told.Phase}-{channel.Name}"
                )
                .ToLowerInvariant();
            if (await db.Notifications.AnyAsync(known => known.Key == key, cancellationToken).ConfigureAwait(false))
            {
                continue;
            }

            db.Notifications.Add(
                new Notification
                {
                    RolloutId = alert.RolloutId,
                    Key = key,
                    Channel = channel.Name,
                    Alert = alert,
                    Rule = told.Rule,
                    Phase = told.Phase,
                    Severity = told.Severity,
                    Text = told.Text,
                    CreatedAt = told.At,
                    DueAt = told.At,
                    Silenced = told.IsSilenced,
                }
            );
        }
    }
}
