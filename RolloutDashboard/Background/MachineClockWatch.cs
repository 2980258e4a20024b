using RolloutDashboard.Core.Faults;
using RolloutDashboard.Core.Recovery;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Jobs;

namespace RolloutDashboard.Background;

/// <summary>Looks every two seconds whether somebody has set the machine's clock, in a loop of its own.</summary>
public sealed class MachineClockWatch(
    TakeMachineClock takeMachineClock,
    DatabaseAvailability gate,
    DutyRunner duties,
    TimeProvider clock
) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Look, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await TurnAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping; the next start finds a clock that was set back.
        }
    }

    private async Task TurnAsync(CancellationToken stoppingToken)
    {
        if (gate.ClosedBecause is null)
        {
            await duties.RunAsync(Duties.Clock, takeMachineClock.ExecuteAsync, stoppingToken);
        }
    }
}
