using RolloutDashboard.Core.Rollouts.Gates;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Monitoring.AlertRules;

/// <summary>JSON success rate below a threshold; the overall rate is told beside it but never alarms.</summary>
internal sealed class SuccessRule(string key, AlertSeverity severity, DueAction action, Func<AlertThresholds, double> threshold) : IAlertRule
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
            (window, rate) => $"JSON success rate {Figures.Rate(rate)} of {Figures.Count(window.Json.N)} ({window.Name}), limit {Figures.ShortPercent(limit)}; overall {(window.OverallSuccessRate is { } overall ? Figures.Rate(overall) : "not measured")}.");
    }
}

/// <summary>Level 0 among finished JSON iterations above a threshold.</summary>
internal sealed class ErrorRateRule : IAlertRule
{
    public string Key => "error-rate";

    public string Name => "JSON error rate";

    public AlertSeverity Severity => AlertSeverity.Warning;

    public DueAction Action => DueAction.None;

    public RuleReading Read(AlertInputs inputs, AlertThresholds thresholds) => JsonWindow.Read(
        inputs.Windows(thresholds),
        window => window.Json.ErrorRate,
        thresholds.ErrorRate,
        thresholds.RecoveryMargin,
        fallsBelow: false,
        (window, rate) => $"JSON error rate {Figures.Rate(rate)} of {Figures.Count(window.Json.N)} ({window.Name}), limit {Figures.ShortPercent(thresholds.ErrorRate)}.");
}

/// <summary>Template cache hits per lookup below a threshold.</summary>
internal sealed class CacheRule : IAlertRule
{
    public string Key => "cache-hit-rate";

    public string Name => "Template cache hit rate";

    public AlertSeverity Severity => AlertSeverity.Warning;

    public DueAction Action => DueAction.None;

    public RuleReading Read(AlertInputs inputs, AlertThresholds thresholds) => JsonWindow.Read(
        inputs.Windows(thresholds),
        HitRate,
        thresholds.CacheHitRate,
        thresholds.RecoveryMargin,
        fallsBelow: true,
        (window, rate) => $"Cache hit rate {Figures.Rate(rate)} over {Figures.Count(window.Json.N)} JSON iterations ({window.Name}), limit {Figures.ShortPercent(thresholds.CacheHitRate)}.");

    private static double? HitRate(JsonWindow window)
    {
        var lookups = window.Json.Rows.Sum(row => (long)row.CacheLookups);
        return lookups == 0 ? null : (double)window.Json.Rows.Sum(row => (long)row.CacheHits) / lookups;
    }
}

/// <summary>Mean Sharpe of the JSON arm below a threshold.</summary>
internal sealed class SharpeRule : IAlertRule
{
    public string Key => "mean-sharpe";

    public string Name => "Mean Sharpe, JSON";

    public AlertSeverity Severity => AlertSeverity.Warning;

    public DueAction Action => DueAction.None;

    public RuleReading Read(AlertInputs inputs, AlertThresholds thresholds) => JsonWindow.Read(
        inputs.Windows(thresholds),
        window => window.Json.Mean(row => row.SharpeRatio).Mean,
        thresholds.MeanSharpe,
        thresholds.SharpeRecoveryMargin,
        fallsBelow: true,
        (window, mean) => $"Mean Sharpe {Figures.Number(mean)} over {Figures.Count(window.Json.N)} JSON iterations ({window.Name}), limit {Figures.Number(thresholds.MeanSharpe)}.");
}
