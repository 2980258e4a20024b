using RolloutDashboard.Core.Gates;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Alerts.Rules;

/// <summary>Level 0 among finished JSON iterations above a threshold.</summary>
internal sealed class ErrorRateRule : IAlertRule
{
    public string Key => "error-rate";

    public string Name => "JSON error rate";

    public AlertSeverity Severity => AlertSeverity.Warning;

    public DueAction Action => DueAction.None;

    public RuleReading Read(AlertInputs inputs, AlertThresholds thresholds) =>
        JsonWindow.Read(
            inputs.Windows(thresholds),
            window => window.Json.ErrorRate,
            thresholds.ErrorRate,
            thresholds.RecoveryMargin,
            fallsBelow: false,
            (window, rate) =>
                $"JSON error rate {Figures.Rate(rate)} of {Figures.Count(window.Json.N)} ({window.Name}), limit {Figures.ShortPercent(thresholds.ErrorRate)}."
        );
}
