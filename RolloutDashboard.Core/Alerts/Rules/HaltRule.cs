using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Alerts.Rules;

/// <summary>The evidence of stage 3.2 says halt.</summary>
internal sealed class HaltRule : IAlertRule
{
    public string Key => "rollout-halted";

    public string Name => "Rollout halted";

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
