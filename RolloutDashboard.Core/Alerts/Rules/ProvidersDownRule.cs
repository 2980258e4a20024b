using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Alerts.Rules;

/// <summary>No provider answers, some calls in a row (<c>ProviderFailures</c>, default 3).</summary>
internal sealed class ProvidersDownRule : IAlertRule
{
    public const string Key = "providers-down";

    string IAlertRule.Key => Key;

    public string Name => "All LLM providers down";

    public string Summary => "no provider answered";

    public AlertSeverity Severity => AlertSeverity.Critical;

    public DueAction Action => DueAction.WaitForProvider;

    public RuleReading Read(AlertInputs inputs, AlertThresholds thresholds) =>
        Streak.Read(inputs.AllProvidersFailedInARow, thresholds.ProviderFailures, count =>
            $"No LLM provider answered {count} calls in a row; the loop waits.{Streak.Because(inputs)}"
        );
}
