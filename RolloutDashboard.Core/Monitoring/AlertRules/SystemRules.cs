using RolloutDashboard.Core.Rollouts.Gates;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Monitoring.AlertRules;

/// <summary>An unclean stop was found at start, or the loop's job is dead.</summary>
internal sealed class CrashRule : IAlertRule
{
    public string Key => "system-crash";

    public string Name => "System crash";

    public AlertSeverity Severity => AlertSeverity.Emergency;

    public DueAction Action => DueAction.ImmediateRollback;

    public RuleReading Read(AlertInputs inputs, AlertThresholds thresholds) => inputs.CrashAt is { } at && at >= inputs.ResumedAt
        ? new RuleReading(AlertCondition.Breached, inputs.CrashText ?? "The system stopped uncleanly.", 1, 0, 1)
        : new RuleReading(AlertCondition.Clear, "No crash since the last resume.", 0, 0);
}

/// <summary>The database is damaged.</summary>
internal sealed class DatabaseDamagedRule : IAlertRule
{
    public string Key => "database-damaged";

    public string Name => "Database damaged";

    public AlertSeverity Severity => AlertSeverity.Emergency;

    public DueAction Action => DueAction.RestoreLastKnownGood;

    public RuleReading Read(AlertInputs inputs, AlertThresholds thresholds) => inputs.DatabaseDamagedAt is not null
        ? new RuleReading(AlertCondition.Breached, "The database failed its integrity check; the last good backup is restored.", 1, 0, 1)
        : new RuleReading(AlertCondition.Clear, "The database is sound.", 0, 0);
}

/// <summary>No provider answers, several calls in a row.</summary>
internal sealed class ProvidersDownRule : IAlertRule
{
    public string Key => "providers-down";

    public string Name => "All LLM providers down";

    public AlertSeverity Severity => AlertSeverity.Critical;

    public DueAction Action => DueAction.WaitForProvider;

    public RuleReading Read(AlertInputs inputs, AlertThresholds thresholds) => Streak.Read(
        inputs.AllProvidersFailedInARow, thresholds.ProviderFailures, count => $"No LLM provider answered {count} calls in a row; the loop waits.{Streak.Because(inputs)}");
}

/// <summary>The preferred provider fails and a backup answers.</summary>
internal sealed class ProviderFailoverRule : IAlertRule
{
    public string Key => "provider-failover";

    public string Name => "LLM provider failed over";

    public AlertSeverity Severity => AlertSeverity.Warning;

    public DueAction Action => DueAction.UseBackupProvider;

    // While nobody answers the preferred one has not recovered either: the alert stays as it is, beside the worse one.
    public RuleReading Read(AlertInputs inputs, AlertThresholds thresholds) => inputs.AllProvidersFailedInARow > 0
        ? new RuleReading(AlertCondition.WithinMargin, "No backup answers either.")
        : Streak.Read(
            inputs.PreferredProviderFailedInARow, thresholds.ProviderFailures, count => $"The preferred LLM provider failed {count} calls in a row; a backup answers.{Streak.Because(inputs)}");
}

/// <summary>The budget of generation is used up, so the loop waits.</summary>
internal sealed class BudgetRule : IAlertRule
{
    public string Key => "budget-used-up";

    public string Name => "Generation budget used up";

    public AlertSeverity Severity => AlertSeverity.Warning;

    public DueAction Action => DueAction.WaitForProvider;

    public RuleReading Read(AlertInputs inputs, AlertThresholds thresholds) => inputs.BudgetUsedUp is { } usedUp
        ? new RuleReading(AlertCondition.Breached, $"{usedUp} The loop waits.")
        : new RuleReading(AlertCondition.Clear, "There is budget left.");
}

internal static class Streak
{
    public static string Because(AlertInputs inputs) => inputs.ProviderFaults is { } faults ? $" {faults}" : "";

    public static RuleReading Read(int count, int limit, Func<int, string> describe) => new(
        count >= limit ? AlertCondition.Breached : count == 0 ? AlertCondition.Clear : AlertCondition.WithinMargin, count == 0 ? "The LLM providers answer again." : describe(count), count, limit, count);
}

/// <summary>The evidence of stage 3.2 says halt.</summary>
internal sealed class HaltRule : IAlertRule
{
    public string Key => "rollout-halted";

    public string Name => "Rollout halted";

    public AlertSeverity Severity => AlertSeverity.Critical;

    public DueAction Action => DueAction.LockPromotion;

    public RuleReading Read(AlertInputs inputs, AlertThresholds thresholds) => inputs switch
    {
        { OpenHalt: { } open } => new RuleReading(AlertCondition.Breached, open),
        { GateDecision: Decision.Halt } => new RuleReading(AlertCondition.Breached, inputs.GateSummary ?? "The success ratio is below 2."),
        _ => new RuleReading(AlertCondition.Clear, "The evidence does not say halt."),
    };
}

/// <summary>The stage stands on an override whose time is over.</summary>
internal sealed class OverrideRule : IAlertRule
{
    public string Key => "override-expired";

    public string Name => "Override expired";

    public AlertSeverity Severity => AlertSeverity.Warning;

    public DueAction Action => DueAction.None;

    public RuleReading Read(AlertInputs inputs, AlertThresholds thresholds) => inputs.OverrideExpiresAt is { } until && until <= inputs.Now
        ? new RuleReading(AlertCondition.Breached, FormattableString.Invariant($"The override that this stage was entered by was to be made good by {until.UtcDateTime:yyyy-MM-dd HH:mm} UTC; roll back, or finish the stage."))
        : new RuleReading(AlertCondition.Clear, "No override has expired.");
}

/// <summary>No iteration ends while the loop should run.</summary>
internal sealed class IdleRule : IAlertRule
{
    public string Key => "no-iteration";

    public string Name => "No iteration";

    public AlertSeverity Severity => AlertSeverity.Warning;

    public DueAction Action => DueAction.None;

    public RuleReading Read(AlertInputs inputs, AlertThresholds thresholds)
    {
        if (!inputs.LoopShouldRun)
        {
            return new RuleReading(AlertCondition.Clear, "The loop is not meant to run.");
        }

        // An iteration that waits for an answer is alive, and who keeps it waiting is told by rules of their own.
        var resumed = inputs.ResumedAt;
        DateTimeOffset[] signs = [resumed, inputs.LastIterationAt ?? resumed, inputs.LoopStartedAt ?? resumed, inputs.AwaitedAnswerAt ?? resumed];
        var last = signs.Max();
        var idle = inputs.Now - last;
        var isIdle = idle > thresholds.Idle;
        var minutes = Figures.Number(Math.Floor(idle.TotalMinutes));
        return new RuleReading(
            isIdle ? AlertCondition.Breached : AlertCondition.Clear,
            isIdle ? $"No iteration for {minutes} minutes while the loop should run{(inputs.LoopWaitsFor is { } cause ? $"; it waits: {cause.TrimEnd('.')}" : "")}."
                : inputs.LastIterationAt == last ? $"The latest iteration ended {minutes} minutes ago."
                : inputs.AwaitedAnswerAt == last ? $"The loop waited for an answer {minutes} minutes ago."
                : $"The loop was started {minutes} minutes ago.",
            idle.TotalMinutes,
            thresholds.Idle.TotalMinutes);
    }
}

/// <summary>A blocking finding of the evidence checks is open.</summary>
internal sealed class FindingRule : IAlertRule
{
    public string Key => "blocking-finding";

    public string Name => "Blocking finding";

    public AlertSeverity Severity => AlertSeverity.Warning;

    public DueAction Action => DueAction.None;

    public RuleReading Read(AlertInputs inputs, AlertThresholds thresholds) => inputs.OpenBlockingFindings switch
    {
        null => new RuleReading(AlertCondition.Unknown, "The evidence checks have not run yet."),
        0 => new RuleReading(AlertCondition.Clear, "No blocking finding is open.", 0, 0),
        { } open => new RuleReading(AlertCondition.Breached, $"{open} blocking finding{(open == 1 ? " is" : "s are")} open; promotion is blocked.", open, 0, open),
    };
}
