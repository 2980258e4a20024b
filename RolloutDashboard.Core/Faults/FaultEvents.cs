using RolloutDashboard.Core.Alerts;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Faults;

/// <summary>Puts the begin and the end of a fault among the events that the live page lists.</summary>
internal static class FaultEvents
{
    /// <summary>Adds the event to the caller's save; does nothing for an alert that tells of no fault.</summary>
    public static void Add(RolloutDb db, int rolloutId, AlertEvent told)
    {
        if (told.Rule.StartsWith(AlertNames.Fault, StringComparison.Ordinal))
        {
            db.Events.Add(
                new EventRecord
                {
                    RolloutId = rolloutId,
                    At = told.At,
                    Severity = told.Phase == AlertPhase.Firing ? told.Severity : AlertSeverity.Info,
                    Source = told.Rule,
                    Text = told.Text,
                }
            );
        }
    }
}
