using RolloutDashboard.Core.Vocabulary.Figures;

namespace RolloutDashboard.Core.Alerts.Rules;

/// <summary>Shape of a rule about JSON success below a limit; the overall rate is told beside it but never
/// alarms.</summary>
internal static class JsonSuccess
{
    public const string Name = "JSON success rate";

    public static RuleReading Read(AlertInputs inputs, AlertThresholds thresholds, double limit) =>
        JsonWindow.Read(
            inputs.Windows(thresholds),
            window => window.Json.SuccessRate,
            limit,
            thresholds.RecoveryMargin,
            fallsBelow: true,
            (window, rate) =>
                $"JSON success rate {FigureFormatter.Rate(rate)} of {FigureFormatter.Count(window.Json.N)} ({window.Name}), limit {FigureFormatter.ShortPercent(limit)}; overall {(window.OverallSuccessRate is { } overall ? FigureFormatter.Rate(overall) : "not measured")}."
        );
}
