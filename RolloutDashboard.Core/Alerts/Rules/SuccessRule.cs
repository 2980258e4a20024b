using RolloutDashboard.Core.Gates;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Alerts.Rules;

/// <summary>JSON success rate below a threshold; the overall rate is told beside it but never alarms.</summary>
internal sealed class SuccessRule(
    string key,
    AlertSeverity severity,
    DueAction action,
    Func<AlertThresholds, double> threshold
) : IAlertRule
{
    public string Key => key;

    public string Name => "JSON success rate";

    public AlertSeverity Severity => severity;

    public DueAction Action => action;

    public RuleReading Read(AlertInputs inputs, AlertThresholds thresholds)
    {
        var limit = threshold(thresholds);
        return JsonWindow.Read(
            inputs.Windows(thresholds),
            window => window.Json.SuccessRate,
            limit,
            thresholds.RecoveryMargin,
            fallsBelow: true,
            (window, rate) =>
                $"JSON success rate {Figures.Rate(rate)} of {Figures.Count(window.Json.N)} ({window.Name}), limit {Figures.ShortPercent(limit)}; overall {(window.OverallSuccessRate is { } overall ? Figures.Rate(overall) : "not measured")}."
        );
    }
}
