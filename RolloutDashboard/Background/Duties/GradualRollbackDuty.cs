using RolloutDashboard.Core.Faults;
using RolloutDashboard.Core.Rollbacks;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Background.Duties;

/// <summary>Follows a gradual rollback, and stops JSON where it asks for that.</summary>
public sealed class GradualRollbackDuty(RollBackGradually rollBackGradually, StopJson stopJson) : IDuty
{
    public FaultSource Source { get; } =
        FaultSources.Duty("gradual-rollback", "Following a gradual rollback", AlertSeverity.Critical);

    public TimeSpan Interval { get; } = TimeSpan.FromSeconds(1);

    public bool IsOfLeader => true;

    public async Task<bool> TakeTurnAsync(CancellationToken cancellationToken)
    {
        if (await rollBackGradually.FollowAsync(cancellationToken) is { } due)
        {
            await stopJson.ExecuteAsync(due);
        }

        return true;
    }
}
