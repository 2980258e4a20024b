using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Alerts;

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
