using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Alerts.Rules;

/// <summary>An unclean stop was found at start, or the loop's job is dead.</summary>
public sealed class CrashRule : IAlertRule
{
    public const string Key = "system-crash";

    string IAlertRule.Key => Key;

    public string Name => "System crash";

    public string Summary => "an unclean stop was found at start, or the loop's job is dead";

    public AlertSeverity Severity => AlertSeverity.Emergency;

    public DueAction Action => DueAction.ImmediateRollback;

    public RuleReading Read(AlertInputs inputs, AlertThresholds thresholds) =>
        inputs.CrashAt is { } at && at >= inputs.ResumedAt
            ? new RuleReading(AlertCondition.Breached, inputs.CrashText ?? "The system stopped uncleanly.", 1, 0, 1)
            : new RuleReading(AlertCondition.Clear, "No crash since the last resume.", 0, 0);
}
