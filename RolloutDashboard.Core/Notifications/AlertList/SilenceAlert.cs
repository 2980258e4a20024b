using System.Globalization;
using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Decisions;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Notifications.AlertList;

/// <summary>Keeps an open alert's messages back until a time. Actions such as a rollback are taken all the
/// same.</summary>
public sealed class SilenceAlert(Transitions transitions, TimeProvider clock)
{
    /// <summary>A silence always ends: at the latest after this.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromDays(7);

    /// <param name="until">At most <see cref="Longest"/> ahead; null ends the silence now.</param>
    public Task<TransitionResult> ExecuteAsync(
        long alertId,
        DateTimeOffset? until,
        string actor,
        CancellationToken cancellationToken
    ) =>
        transitions.ApplyAsync(
            seenVersion: null,
            (db, rollout, token) => SilenceAsync(db, rollout, alertId, until, actor, token),
            cancellationToken
        );

    private async Task<(DecisionDraft? Draft, string Message)> SilenceAsync(
        RolloutDb db,
        Rollout rollout,
        long alertId,
        DateTimeOffset? until,
        string actor,
        CancellationToken cancellationToken
    )
    {
        var now = clock.GetUtcNow();
        if (until <= now || until > now + Longest)
        {
            return (null, $"A silence ends in the future, at most {Longest.TotalDays:0} days ahead.");
        }

        var alert = await db
            .Alerts.AsTracking()
            .SingleOrDefaultAsync(row => row.Id == alertId && row.RolloutId == rollout.Id, cancellationToken)
            .ConfigureAwait(false);
        if (alert is not { Phase: AlertPhase.Firing, IsCurrent: true })
        {
            return (null, alert is null ? "There is no such alert." : "The alert is not open any more.");
        }

        if (until is null && !(alert.SilencedUntil > now))
        {
            return (null, "The alert is not silenced.");
        }

        alert.SilencedUntil = until;
        return Decided(alert, actor);
    }

    private static (DecisionDraft Draft, string Message) Decided(AlertRecord alert, string actor)
    {
        var end = alert.SilencedUntil?.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
        return end is null
            ? (
                new DecisionDraft(
                    "alert-unsilenced",
                    actor,
                    $"The silence of alert '{alert.Rule}' was ended.",
                    null,
                    AcknowledgeAlert.Inputs(alert)
                ),
                "The silence has ended."
            )
            : (
                new DecisionDraft(
                    "alert-silenced",
                    actor,
                    $"The alert '{alert.Rule}' was silenced until {end}.",
                    null,
                    AcknowledgeAlert.Inputs(alert)
                ),
                $"Silenced until {end}; actions are taken all the same."
            );
    }
}
