using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Alerts.Rules;

/// <summary>The preferred provider fails some calls in a row (<c>ProviderFailures</c>, default 3) and a backup
/// answers.</summary>
internal sealed class ProviderFailoverRule : IAlertRule
{
    public const string Key = "provider-failover";

    string IAlertRule.Key => Key;

    public string Name => "LLM provider failed over";

    public string Summary => "the preferred provider failed while a backup answered";

    public AlertSeverity Severity => AlertSeverity.Warning;

    public DueAction Action => DueAction.UseBackupProvider;

    // While nobody answers the preferred one has not recovered either: the alert stays as it is, beside the worse one.
    public RuleReading Read(AlertInputs inputs, AlertThresholds thresholds) =>
        inputs.AllProvidersFailedInARow > 0
            ? new RuleReading(AlertCondition.WithinMargin, "No backup answers either.")
            : Streak.Read(inputs.PreferredProviderFailedInARow, thresholds.ProviderFailures, count =>
                $"The preferred LLM provider failed {count} calls in a row; a backup answers.{Streak.Because(inputs)}"
            );
}
