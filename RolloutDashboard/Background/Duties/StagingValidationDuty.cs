using RolloutDashboard.Core.Faults;
using RolloutDashboard.Core.Promotions.Staging;
using RolloutDashboard.Jobs;

namespace RolloutDashboard.Background.Duties;

/// <summary>Enqueues the iterations of a validation run; takes one up again after a restart, and ends one whose last
/// iteration was lost.</summary>
public sealed class StagingValidationDuty(ValidateInStaging validateInStaging, StagingQueue staging) : IDuty
{
    public FaultSource Source => StagingJob.Source;

    public TimeSpan Interval { get; } = TimeSpan.FromSeconds(1);

    public bool IsOfLeader => true;

    public async Task<bool> TakeTurnAsync(CancellationToken cancellationToken)
    {
        if (staging.HasRoom && await validateInStaging.IsRunningAsync(cancellationToken))
        {
            staging.Enqueue();
        }

        return true;
    }
}
