using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Alerts.Rules;

/// <summary>The evidence of stage 3.2 says halt.</summary>
internal sealed class HaltRule : IAlertRule
{
    public const string Key = "rollout-halted";

    string IAlertRule.Key => Key;

    public string Name => "Rollout halted";

    public string Summary => "the gate of stage 3.2 says halt, or a halt is open";

    public AlertSeverity Severity => AlertSeverity.Critical;

    public DueAction Action => DueAction.LockPromotion;

    public RuleReading Read(AlertInputs inputs, AlertThresholds thresholds) =>
        inputs switch
        {
            { OpenHalt: { } open } => new RuleReading(AlertCondition.Breached, open),
            { GateRecommendation: Recommendation.Halt } => new RuleReading(
                AlertCondition.Breached,
                inputs.GateSummary ?? "The success ratio is below 2."
            ),
            _ => new RuleReading(AlertCondition.Clear, "The evidence does not say halt."),
        };
}
