using RolloutDashboard.Core.Faults;
using RolloutDashboard.Core.Rollbacks;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Background.Duties;

/// <summary>Follows a drill of the rollback.</summary>
public sealed class DrillDuty(FollowDrill followDrill) : IDuty
{
    public FaultSource Source { get; } = FaultSources.Duty("drill", "Following a drill", AlertSeverity.Warning);

    public TimeSpan Interval { get; } = TimeSpan.FromSeconds(1);

    public bool IsOfLeader => true;

    public async Task<bool> TakeTurnAsync(CancellationToken cancellationToken)
    {
        await followDrill.ExecuteAsync(cancellationToken);
        return true;
    }
}
