using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Monitoring.AlertRules;

/// <summary>What must be done when a rule fires, without waiting for a person.</summary>
public enum DueAction
{
    None,
    ImmediateRollback,
    RestoreLastKnownGood,
    UseBackupProvider,

    /// <summary>The loop waits before claiming, so that an outage makes no failed iterations.</summary>
    WaitForProvider,

    /// <summary>Promotion stays locked until a person resolves the halt with a written reason.</summary>
    LockPromotion,
}

/// <summary>Where a rule's condition stands.</summary>
public enum AlertCondition
{
    /// <summary>Too little to judge; a pending alert ends, a firing one stays.</summary>
    Unknown,
    Clear,

    /// <summary>Within the recovery margin: nothing begins and nothing ends.</summary>
    WithinMargin,
    Breached,
}

/// <summary>One rule as read at one moment, with its numbers.</summary>
/// <param name="N">Samples behind the value.</param>
public sealed record RuleReading(AlertCondition Condition, string Text, double? Value = null, double? Threshold = null, int N = 0)
{
    /// <summary>Why the rule could not be evaluated; null where it was. Its own alert then stays as it is.</summary>
    public string? Fault { get; init; }
}

/// <summary>One alert rule: pure.</summary>
public interface IAlertRule
{
    /// <summary>Stable name, for example "success-critical".</summary>
    string Key { get; }

    string Name { get; }

    AlertSeverity Severity { get; }

    DueAction Action { get; }

    RuleReading Read(AlertInputs inputs, AlertThresholds thresholds);
}

/// <summary>All rules.</summary>
public static class AlertRuleList
{
    public static IReadOnlyList<IAlertRule> All { get; } =
    [
        new CrashRule(),
        new DatabaseDamagedRule(),
        new SuccessRule("success-critical", AlertSeverity.Critical, DueAction.ImmediateRollback, thresholds => thresholds.SuccessCritical),
        new SuccessRule("success-warning", AlertSeverity.Warning, DueAction.None, thresholds => thresholds.SuccessWarning),
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
