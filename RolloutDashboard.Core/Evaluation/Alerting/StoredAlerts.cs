using RolloutDashboard.Core.Alerts;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Evaluation.Alerting;

/// <summary>Alerts between their rows and their states: one current row a rule, a new one for each time it begins
/// anew.</summary>
internal sealed class StoredAlerts(RolloutDb db, int rolloutId, IReadOnlyList<AlertRecord> current)
{
    public IReadOnlyList<RuleState> States =>
        [
            .. current.Select(row => new RuleState(
                row.Rule,
                row.Phase,
                row.Severity,
                row.Text,
                row.Since,
                row.FiredAt,
                row.AcknowledgedBy,
                row.SilencedUntil
            )),
        ];

    /// <returns>The row that holds the state now.</returns>
    public AlertRecord Store(RuleState state, DateTimeOffset now)
    {
        var row = RowOf(state);
        if (state.Phase == AlertPhase.Resolved && row.Phase != AlertPhase.Resolved)
        {
            row.ResolvedAt = now;
        }

        // The words of a firing alert hold the figures of the moment; rewriting them with every iteration would be
        // noise.
        if (row.Phase != state.Phase || row.Text.Length == 0)
        {
            row.Text = state.Text;
        }

        (row.Phase, row.Severity, row.Since, row.FiredAt) = (state.Phase, state.Severity, state.Since, state.FiredAt);
        row.AcknowledgedBy = state.AcknowledgedBy;
        return row;
    }

    // The current row, or a new one where the alert begins anew.
    private AlertRecord RowOf(RuleState state)
    {
        var row = current.FirstOrDefault(known => known.Rule == state.Rule);
        if (
            row is { Phase: AlertPhase.Resolved }
            && state.Phase is AlertPhase.Pending or AlertPhase.Firing
            && row.Phase != state.Phase
        )
        {
            row.IsCurrent = false;
            row = null;
        }

        if (row is null)
        {
            row = new AlertRecord
            {
                RolloutId = rolloutId,
                Rule = state.Rule,
                Text = state.Text,
                IsCurrent = true,
                SilencedUntil = state.SilencedUntil,
            };
            db.Alerts.Add(row);
        }

        return row;
    }
}
