using RolloutDashboard.Core.Alerts.Rules;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Alerts;

/// <summary>All rules.</summary>
public static class AlertRuleList
{
    public static IReadOnlyList<IAlertRule> All { get; } =
    [
        new CrashRule(),
        new DatabaseDamagedRule(),
        new SuccessRule("success-critical", AlertSeverity.Critical, DueAction.ImmediateRollback, thresholds =>
            thresholds.SuccessCritical
        ),
        new SuccessRule("success-warning", AlertSeverity.Warning, DueAction.None, thresholds =>
            thresholds.SuccessWarning
        ),
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

    /// <summary>How long the condition must hold before the rule fires; critical ones wait for nothing.</summary>
    public static TimeSpan PendingTime(IAlertRule rule, AlertThresholds thresholds) =>
        rule.Severity >= AlertSeverity.Critical || rule is IdleRule ? TimeSpan.Zero : thresholds.PendingTime;
}
