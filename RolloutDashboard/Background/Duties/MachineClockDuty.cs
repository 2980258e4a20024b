using RolloutDashboard.Core.Faults;
using RolloutDashboard.Core.Recovery;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Background.Duties;

/// <summary>Looks whether somebody has set the machine's clock.</summary>
public sealed class MachineClockDuty(TakeMachineClock takeMachineClock) : IDuty
{
    public FaultSource Source { get; } =
        FaultSources.Duty("clock", "Following the machine's clock", AlertSeverity.Warning);

    public TimeSpan Interval { get; } = TimeSpan.FromSeconds(2);

    public bool IsOfLeader => false;

    public async Task<bool> TakeTurnAsync(CancellationToken cancellationToken)
    {
        await takeMachineClock.ExecuteAsync(cancellationToken);
        return true;
    }
}
