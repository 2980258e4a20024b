using RolloutDashboard.Core.Iterations;
using RolloutDashboard.Core.Storage;

namespace RolloutDashboard.Jobs;

/// <summary>Looks every five seconds for a champion that was not measured on the hold-out, one after the other, beside the loop.</summary>
public sealed partial class HoldOutWatch(MeasureHoldOut measureHoldOut, DatabaseGate gate, TimeProvider clock, ILogger<HoldOutWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);
    private readonly FaultFold _faults = new(clock);

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
            while (gate.ClosedBecause is null && await measureHoldOut.ExecuteAsync(stoppingToken))
            {
            }

            _faults.Ends(nameof(HoldOutWatch));
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Only what a fault is called is told: its words may come from the hold-out.
            if (_faults.Fails(nameof(HoldOutWatch), exception) is { } times)
            {
                LogFault(logger, exception.GetType().Name, times);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A champion could not be measured on the hold-out: {Fault} ({Times} in a row).")]
    private static partial void LogFault(ILogger logger, string fault, int times);
}
