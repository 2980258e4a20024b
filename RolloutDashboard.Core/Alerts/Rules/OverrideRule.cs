using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Alerts.Rules;

/// <summary>The stage stands on an override whose time is over.</summary>
internal sealed class OverrideRule : IAlertRule
{
    public const string Key = "override-expired";

    string IAlertRule.Key => Key;

    public string Name => "Override expired";

    public string Summary => "the stage stands on an override whose time is over";

    public AlertSeverity Severity => AlertSeverity.Warning;

    public DueAction Action => DueAction.None;

    public RuleReading Read(AlertInputs inputs, AlertThresholds thresholds) =>
        inputs.OverrideExpiresAt is { } until && until <= inputs.Now
            ? new RuleReading(
                AlertCondition.Breached,
                FormattableString.Invariant(
                    $"The override that this stage was entered by was to be made good by {until.UtcDateTime:yyyy-MM-dd HH:mm} UTC; roll back, or finish the stage."
                )
            )
            : new RuleReading(AlertCondition.Clear, "No override has expired.");
}
