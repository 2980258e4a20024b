using RolloutDashboard.Core.Evaluation.Alerting;
using RolloutDashboard.Core.Faults;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Background.Duties;

/// <summary>Stores and tells what can't be done or evaluated. What can't be stored stays in the register, and the log
/// is told.</summary>
public sealed class FaultAlertsDuty(AlertOnFaults alertOnFaults) : IDuty
{
    public FaultSource Source { get; } =
        FaultSources.Duty("fault-alerts", "Storing alerts on faults", AlertSeverity.Critical);

    public TimeSpan Interval { get; } = TimeSpan.FromSeconds(1);

    public bool IsOfLeader => false;

    public async Task<bool> TakeTurnAsync(CancellationToken cancellationToken)
    {
        await alertOnFaults.ExecuteAsync(cancellationToken);
        return true;
    }
}
