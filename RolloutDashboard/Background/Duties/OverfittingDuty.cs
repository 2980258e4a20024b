using RolloutDashboard.Core.Faults;
using RolloutDashboard.Core.Monitoring.Overfitting;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Background.Duties;

/// <summary>Measures how much of what was found is selection. Every process measures for its own pages.</summary>
public sealed class OverfittingDuty(MeasureOverfitting measureOverfitting) : IDuty
{
    public FaultSource Source { get; } =
        FaultSources.Duty("overfitting", "Measuring overfitting over all trials", AlertSeverity.Warning);

    public TimeSpan Interval { get; } = TimeSpan.FromSeconds(15);

    public bool IsOfLeader => false;

    public async Task<bool> TakeTurnAsync(CancellationToken cancellationToken)
    {
        foreach (var environment in Enum.GetValues<RolloutEnvironment>())
        {
            await measureOverfitting.WhenDueAsync(environment, cancellationToken);
        }

        return true;
    }
}
