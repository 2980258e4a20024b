using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Alerts.Rules;

/// <summary>The database is damaged.</summary>
internal sealed class DatabaseDamagedRule : IAlertRule
{
    public const string Key = "database-damaged";

    string IAlertRule.Key => Key;

    public string Name => "Database damaged";

    public string Summary => "the integrity check failed";

    public AlertSeverity Severity => AlertSeverity.Emergency;

    public DueAction Action => DueAction.RestoreLastKnownGood;

    public RuleReading Read(AlertInputs inputs, AlertThresholds thresholds) =>
        inputs.DatabaseDamagedAt is not null
            ? new RuleReading(
                AlertCondition.Breached,
                "The database failed its integrity check; the last good backup is restored.",
                1,
                0,
                1
            )
            : new RuleReading(AlertCondition.Clear, "The database is sound.", 0, 0);
}
