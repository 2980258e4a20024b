using RolloutDashboard.Core.Alerts.Rules;

namespace RolloutDashboard.Core.Alerts;

/// <summary>All rules.</summary>
public static class AlertRuleList
{
    public static IReadOnlyList<IAlertRule> All { get; } =
    [
        new CrashRule(),
        new DatabaseDamagedRule(),
        new SuccessCriticalRule(),
        new SuccessWarningRule(),
        new ErrorRateRule(),
        new ProvidersDownRule(),
        new ProviderFailoverRule(),
        new BudgetRule(),
        new HaltRule(),
        new OverrideRule(),
        new IdleRule(),
        new CacheRule(),
        new SharpeRule(),
        new FindingRule(),
        new ModeShareRule(),
    ];

    /// <summary>All thresholds: those of the rules, of rules about one figure the milder one's first, then the shared
    /// ones.</summary>
    public static IReadOnlyList<AlertThreshold> Thresholds { get; } =
    [
        .. All.GroupBy(rule => rule.Name, StringComparer.Ordinal)
            .SelectMany(same => same.OrderBy(rule => rule.Severity))
            .SelectMany(rule => rule.Thresholds),
        .. AlertThresholds.Shared,
    ];

    /// <summary>How long the condition must hold before the rule fires.</summary>
    public static TimeSpan PendingTime(IAlertRule rule, AlertThresholds thresholds) =>
        rule.FiresAtOnce ? TimeSpan.Zero : thresholds.PendingTime;
}
