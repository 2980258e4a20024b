using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Alerts.Rules;

/// <summary>A blocking finding of the evidence checks is open.</summary>
internal sealed class FindingRule : IAlertRule
{
    public const string Key = "blocking-finding";

    string IAlertRule.Key => Key;

    public string Name => "Blocking finding";

    public string Summary => "a blocking finding of the evidence checks is open";

    public AlertSeverity Severity => AlertSeverity.Warning;

    public DueAction Action => DueAction.None;

    public RuleReading Read(AlertInputs inputs, AlertThresholds thresholds) =>
        inputs.OpenBlockingFindings switch
        {
            null => new RuleReading(AlertCondition.Unknown, "The evidence checks have not run yet."),
            0 => new RuleReading(AlertCondition.Clear, "No blocking finding is open.", 0, 0),
            { } open => new RuleReading(
                AlertCondition.Breached,
                $"{open} blocking finding{(open == 1 ? " is" : "s are")} open; promotion is blocked.",
                open,
                0,
                open
            ),
        };
}
