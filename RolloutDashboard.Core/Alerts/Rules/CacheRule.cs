using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.Figures;

namespace RolloutDashboard.Core.Alerts.Rules;

/// <summary>Template cache hits per lookup below a share (<c>CacheHitRate</c>, default 0.9).</summary>
internal sealed class CacheRule : IAlertRule
{
    public const string Key = "cache-hit-rate";

    private static AlertThreshold Limit { get; } = new("CacheHitRate", 0.90, AlertThreshold.Share);

    string IAlertRule.Key => Key;

    public string Name => "Template cache hit rate";

    public string Summary => $"cache hit rate below {FigureFormatter.ShortPercent(Limit.Default)}";

    public AlertSeverity Severity => AlertSeverity.Warning;

    public DueAction Action => DueAction.None;

    public IReadOnlyList<AlertThreshold> Thresholds => [Limit];

    public RuleReading Read(AlertInputs inputs, AlertThresholds thresholds) =>
        JsonWindow.Read(
            inputs.Windows(thresholds),
            HitRate,
            thresholds[Limit],
            thresholds.RecoveryMargin,
            fallsBelow: true,
            (window, rate) =>
                $"Cache hit rate {FigureFormatter.Rate(rate)} over {FigureFormatter.Count(window.Json.N)} JSON iterations ({window.Name}), limit {FigureFormatter.ShortPercent(thresholds[Limit])}."
        );

    private static double? HitRate(JsonWindow window)
    {
        var lookups = window.Json.Rows.Sum(row => (long)row.CacheLookups);
        return lookups == 0 ? null : (double)window.Json.Rows.Sum(row => (long)row.CacheHits) / lookups;
    }
}
