using RolloutDashboard.Core.Gates;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Alerts.Rules;

/// <summary>Mean Sharpe of the JSON arm below a threshold.</summary>
internal sealed class SharpeRule : IAlertRule
{
    public string Key => "mean-sharpe";

    public string Name => "Mean Sharpe, JSON";

    public AlertSeverity Severity => AlertSeverity.Warning;

    public DueAction Action => DueAction.None;

    public RuleReading Read(AlertInputs inputs, AlertThresholds thresholds) =>
        JsonWindow.Read(
            inputs.Windows(thresholds),
            window => window.Json.Mean(row => row.SharpeRatio).Mean,
            thresholds.MeanSharpe,
            thresholds.SharpeRecoveryMargin,
            fallsBelow: true,
            (window, mean) =>
                $"Mean Sharpe {Figures.Number(mean)} over {Figures.Count(window.Json.N)} JSON iterations ({window.Name}), limit {Figures.Number(thresholds.MeanSharpe)}."
        );
}
