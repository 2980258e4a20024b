using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.Figures;

namespace RolloutDashboard.Core.Alerts.Rules;

/// <summary>JSON success so low that the rollout goes back: below a share
/// (<c>SuccessCritical</c>, default 0.5).</summary>
public sealed class SuccessCriticalRule : IAlertRule
{
    public const string Key = "success-critical";

    public static AlertThreshold Limit { get; } =
        new("SuccessCritical", 0.50, AlertThreshold.Share) { EditKey = Key, EditName = "Success rate, rollback below" };

    string IAlertRule.Key => Key;

    public string Name => JsonSuccess.Name;

    public string Summary => $"JSON success below {FigureFormatter.ShortPercent(Limit.Default)}";

    public AlertSeverity Severity => AlertSeverity.Critical;

    public DueAction Action => DueAction.ImmediateRollback;

    public IReadOnlyList<AlertThreshold> Thresholds => [Limit];

    public RuleReading Read(AlertInputs inputs, AlertThresholds thresholds) =>
        JsonSuccess.Read(inputs, thresholds, thresholds[Limit]);
}
