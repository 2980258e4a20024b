using RolloutDashboard.Core.Evaluation.Alerting;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Faults;

/// <summary>
/// All work that goes on in the background and reports how it went, but for the judgement, whose failure alerts by a
/// path of its own (<see cref="AlertOnEvaluationFailure"/>).
/// </summary>
public static class Duties
{
    public static FaultSource Workers { get; } = Critical("workers", "Starting the loop's workers");

    public static FaultSource Iterations { get; } = Critical("iterations", "Running iterations");

    public static FaultSource Rollback { get; } = Critical("rollback", "Following a rollback to its end");

    public static FaultSource Switch { get; } = Critical("json-switch", "Watching the JSON switch");

    public static FaultSource GradualRollback { get; } = Critical("gradual-rollback", "Following a gradual rollback");

    public static FaultSource Heartbeat { get; } = Critical("heartbeat", "The heartbeat");

    public static FaultSource Database { get; } = Critical("database", "Watching over the database");

    public static FaultSource Backup { get; } = Critical("backup", "Backing the database up");

    public static FaultSource Abandoned { get; } = Warning("abandoned-iterations", "Recording abandoned iterations");

    public static FaultSource ProviderEvents { get; } = Warning("provider-events", "Noting what providers do");

    public static FaultSource Evidence { get; } = Warning("evidence-checks", "Running the evidence checks");

    public static FaultSource Comparison { get; } = Warning("comparison-report", "Making the comparison report");

    public static FaultSource Drill { get; } = Warning("drill", "Following a drill");

    public static FaultSource Staging { get; } = Warning("staging", "Running validations in staging");

    public static FaultSource HoldOut { get; } = Warning("hold-out", "Measuring champions on the hold-out");

    public static FaultSource Clock { get; } = Warning("clock", "Following the machine's clock");

    public static FaultSource Notifications { get; } =
        Critical("notifications", "Working on the outbox of notifications");

    /// <summary>In one visible list; the alert of one that is not in it any more ends.</summary>
    public static IReadOnlyList<FaultSource> All { get; } =
    [
        Workers,
        Iterations,
        Rollback,
        Switch,
        GradualRollback,
        Heartbeat,
        Database,
        Backup,
        Abandoned,
        ProviderEvents,
        Evidence,
        Comparison,
        Drill,
        Staging,
        HoldOut,
        Clock,
        Notifications,
    ];

    private static FaultSource Critical(string name, string title) => Of(name, title, AlertSeverity.Critical);

    private static FaultSource Warning(string name, string title) => Of(name, title, AlertSeverity.Warning);

    private static FaultSource Of(string name, string title, AlertSeverity severity) =>
        new(FaultKind.Duty, name, title, severity, FaultSource.PatienceOfOthers);
}
