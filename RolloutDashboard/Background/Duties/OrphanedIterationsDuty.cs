using RolloutDashboard.Core.Faults;
using RolloutDashboard.Core.Nodes;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Background.Duties;

/// <summary>Records iterations as lost whose row runs with nobody at work on them, as after a record that could not be
/// written to a full disk.</summary>
public sealed partial class OrphanedIterationsDuty(
    MarkOrphanedIterationsLost markOrphanedIterationsLost,
    CurrentSession session,
    RunningIterations running,
    TimeProvider clock,
    ILogger<OrphanedIterationsDuty> logger
) : IDuty
{
    private static readonly TimeSpan OrphanedAfter = TimeSpan.FromMinutes(2);

    public FaultSource Source { get; } =
        FaultSources.Duty("abandoned-iterations", "Recording abandoned iterations", AlertSeverity.Warning);

    public TimeSpan Interval { get; } = TimeSpan.FromSeconds(2);

    public bool IsOfLeader => false;

    public async Task<bool> TakeTurnAsync(CancellationToken cancellationToken)
    {
        var lost = await markOrphanedIterationsLost.ExecuteAsync(
            session.Id,
            running.Ids,
            clock.GetUtcNow() - OrphanedAfter,
            cancellationToken
        );
        if (lost.Count > 0)
        {
            LogOrphaned(logger, string.Join(", ", lost));
        }

        return true;
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Iterations {Numbers} had a row without anybody at work on them and are recorded as lost."
    )]
    private static partial void LogOrphaned(ILogger logger, string numbers);
}
