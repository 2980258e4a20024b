using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Alerts.Rules;

/// <summary>The budget of generation is used up, so the loop waits.</summary>
internal sealed class BudgetRule : IAlertRule
{
    public const string Key = "budget-used-up";

    string IAlertRule.Key => Key;

    public string Name => "Generation budget used up";

    public string Summary => "the budget of generation is used up";

    public AlertSeverity Severity => AlertSeverity.Warning;

    public DueAction Action => DueAction.WaitForProvider;

    public RuleReading Read(AlertInputs inputs, AlertThresholds thresholds) =>
        inputs.BudgetUsedUp is { } usedUp
            ? new RuleReading(AlertCondition.Breached, $"{usedUp} The loop waits.")
            : new RuleReading(AlertCondition.Clear, "There is budget left.");
}
