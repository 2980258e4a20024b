using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.Figures;

namespace RolloutDashboard.Core.Alerts.Rules;

/// <summary>JSON success that a person should look at: below a share (<c>SuccessWarning</c>, default 0.7).</summary>
public sealed class SuccessWarningRule : IAlertRule
{
    public const string Key = "success-warning";

    public static AlertThreshold Limit { get; } =
        new("SuccessWarning", 0.70, AlertThreshold.Share) { EditKey = Key, EditName = "Success rate, warning below" };

    string IAlertRule.Key => Key;

    public string Name => JsonSuccess.Name;

    public string Summary => $"JSON success below {FigureFormatter.ShortPercent(Limit.Default)}";

    public AlertSeverity Severity => AlertSeverity.Warning;

    public DueAction Action => DueAction.None;

    public IReadOnlyList<AlertThreshold> Thresholds => [Limit];

    public RuleReading Read(AlertInputs inputs, AlertThresholds thresholds) =>
        JsonSuccess.Read(inputs, thresholds, thresholds[Limit]);
}
