using RolloutDashboard.Core.Gates;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Alerts.Rules;

/// <summary>Level 0 among finished JSON iterations above a share (<c>ErrorRate</c>, default 0.1).</summary>
internal sealed class ErrorRateRule : IAlertRule
{
    public const string Key = "error-rate";

    private static AlertThreshold Limit { get; } =
        new("ErrorRate", 0.10, AlertThreshold.Share) { EditKey = Key, EditName = "Error rate, warning above" };

    string IAlertRule.Key => Key;

    public string Name => "JSON error rate";

    public string Summary => $"JSON error rate above {Figures.ShortPercent(Limit.Default)}";

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
                $"JSON error rate {Figures.Rate(rate)} of {Figures.Count(window.Json.N)} ({window.Name}), limit {Figures.ShortPercent(thresholds[Limit])}."
        );
}
