using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.Figures;

namespace RolloutDashboard.Core.Alerts.Rules;

/// <summary>Level 0 among finished JSON iterations above a share (<c>ErrorRate</c>, default 0.1).</summary>
internal sealed class ErrorRateRule : IAlertRule
{
    public const string Key = "error-rate";

    private static AlertThreshold Limit { get; } =
        new("ErrorRate", 0.10, AlertThreshold.Share) { EditKey = Key, EditName = "Error rate, warning above" };

    string IAlertRule.Key => Key;

    public string Name => "JSON error rate";

    public string Summary => $"JSON error rate above {FigureFormatter.ShortPercent(Limit.Default)}";

    public AlertSeverity Severity => AlertSeverity.Warning;

    public DueAction Action => DueAction.None;

    public IReadOnlyList<AlertThreshold> Thresholds => [Limit];

    public RuleReading Read(AlertInputs inputs, AlertThresholds thresholds) =>
        JsonWindow.Read(
            inputs.Windows(thresholds),
            window => window.Json.ErrorRate,
            thresholds[Limit],
            thresholds.RecoveryMargin,
            fallsBelow: false,
            (window, rate) =>
                $"JSON error rate {FigureFormatter.Rate(rate)} of {FigureFormatter.Count(window.Json.N)} ({window.Name}), limit {FigureFormatter.ShortPercent(thresholds[Limit])}."
        );
}
