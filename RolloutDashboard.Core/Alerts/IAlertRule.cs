using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Alerts;

/// <summary>One alert rule with everything that others need to know of it: pure.</summary>
public interface IAlertRule
{
    /// <summary>Stable name, for example "success-critical". It is stored, so it never changes.</summary>
    string Key { get; }

    string Name { get; }

    /// <summary>When it fires, as the documents say it.</summary>
    string Summary { get; }

    AlertSeverity Severity { get; }

    DueAction Action { get; }

    /// <summary>Those that it alone compares with; what several rules share is in
    /// <see cref="AlertThresholds"/>.</summary>
    IReadOnlyList<AlertThreshold> Thresholds => [];

    /// <summary>Whether it fires without its condition having to hold for a while.</summary>
    bool FiresAtOnce => Severity >= AlertSeverity.Critical;

    RuleReading Read(AlertInputs inputs, AlertThresholds thresholds);
}
