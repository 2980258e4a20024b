using RolloutDashboard.Core.Faults;
using RolloutDashboard.Core.Iterations;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Jobs;

namespace RolloutDashboard.Background;

/// <summary>Looks every five seconds for a champion that was not measured on the hold-out, one after the other, beside
/// the loop.</summary>
public sealed class HoldOutWatch(
    MeasureHoldOut measureHoldOut,
    DatabaseAvailability gate,
    DutyRunner duties,
    TimeProvider clock
) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);

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
            // Stopping; a look that was begun is made again after the start.
        }
    }

    private async Task TurnAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (gate.ClosedBecause is null && await measureHoldOut.ExecuteAsync(stoppingToken)) { }

            duties.Succeeded(Duties.HoldOut);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Only what a fault is called is told: its words may come from the hold-out.
            duties.Failed(Duties.HoldOut, exception, exception.GetType().Name);
        }
    }
}
