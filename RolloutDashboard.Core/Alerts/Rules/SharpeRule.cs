using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.Figures;

namespace RolloutDashboard.Core.Alerts.Rules;

/// <summary>Mean Sharpe of the JSON arm below a limit (<c>MeanSharpe</c>, default 0.15), until it is a margin above it
/// (<c>SharpeRecoveryMargin</c>, default 0.05).</summary>
internal sealed class SharpeRule : IAlertRule
{
    public const string Key = "mean-sharpe";

    private static AlertThreshold Limit { get; } =
        new("MeanSharpe", 0.15, new("", -10, 10)) { EditKey = Key, EditName = "Mean Sharpe, warning below" };

    private static AlertThreshold Margin { get; } = new("SharpeRecoveryMargin", 0.05, new("", 0, 10));

    string IAlertRule.Key => Key;

    public string Name => "Mean Sharpe, JSON";

    public string Summary => $"mean Sharpe of JSON below {FigureFormatter.ShortNumber(Limit.Default)}";

    public AlertSeverity Severity => AlertSeverity.Warning;

    public DueAction Action => DueAction.None;

    public IReadOnlyList<AlertThreshold> Thresholds => [Limit, Margin];

    public RuleReading Read(AlertInputs inputs, AlertThresholds thresholds) =>
        JsonWindow.Read(
            inputs.Windows(thresholds),
            window => window.Json.Mean(row => row.SharpeRatio).Mean,
            thresholds[Limit],
            thresholds[Margin],
            fallsBelow: true,
            (window, mean) =>
                $"Mean Sharpe {FigureFormatter.ShortNumber(mean)} over {FigureFormatter.Count(window.Json.N)} JSON iterations ({window.Name}), limit {FigureFormatter.ShortNumber(thresholds[Limit])}."
        );
}
