using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Decisions;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Notifications.AlertList;

/// <summary>A person says that an open alert is theirs now.</summary>
public sealed class AcknowledgeAlert(Transitions transitions, TimeProvider clock)
{
    public Task<TransitionResult> ExecuteAsync(long alertId, string actor, CancellationToken cancellationToken) =>
        transitions.ApplyAsync(
            seenVersion: null,
            async (db, rollout, token) =>
            {
                var alert = await db
                    .Alerts.AsTracking()
                    .SingleOrDefaultAsync(row => row.Id == alertId && row.RolloutId == rollout.Id, token)
                    .ConfigureAwait(false);
                if (alert is not { Phase: AlertPhase.Firing, IsCurrent: true })
                {
                    return (null, alert is null ? "There is no such alert." : "The alert is not open any more.");
                }

                if (alert.AcknowledgedBy is { } other)
                {
                    return (null, $"The alert was acknowledged by {other} already.");
                }

                (alert.AcknowledgedAt, alert.AcknowledgedBy) = (clock.GetUtcNow(), actor);
                return (
                    new DecisionDraft(
                        "alert-acknowledged",
                        actor,
                        $"The alert '{alert.Rule}' was acknowledged: {alert.Text}",
                        null,
                        Inputs(alert)
                    ),
                    "Acknowledged; the others see that it is yours."
                );
            },
            cancellationToken
        );

    internal static object Inputs(AlertRecord alert) =>
        new
        {
            alert = alert.Id,
            alert.Rule,
            severity = alert.Severity.ToString(),
            alert.Text,
            alert.FiredAt,
        };
}
