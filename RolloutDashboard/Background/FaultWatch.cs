using RolloutDashboard.Core.Evaluation.Alerting;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Jobs;

namespace RolloutDashboard.Background;

/// <summary>Stores and tells what can't be done or evaluated, every second, in a loop that waits for none of those it
/// tells of.</summary>
public sealed partial class FaultWatch(
    AlertOnFaults alertOnFaults,
    AlertOnEvaluationFailure tellJudgementFault,
    DatabaseAvailability gate,
    TimeProvider clock,
    ILogger<FaultWatch> logger
) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private readonly RepeatedErrorLogThrottle _faults = new(clock);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Look, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                if (gate.ClosedBecause is null)
                {
                    await TurnAsync("faults", alertOnFaults.ExecuteAsync, stoppingToken);
                    await TurnAsync("judgement", tellJudgementFault.ExecuteAsync, stoppingToken);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping.
        }
    }

    // What can't be stored is kept in the register and given to the log alone, since nothing else is left.
    private async Task TurnAsync(string name, Func<CancellationToken, Task> turn, CancellationToken stoppingToken)
    {
        try
        {
            await turn(stoppingToken);
            _faults.Ends(name);
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            if (_faults.Fails(name, exception) is { } times)
            {
                LogFault(logger, name, times, exception);
            }
        }
    }

    [LoggerMessage(
        Level = LogLevel.Critical,
        Message = "The alerts on {Name} could not be stored ({Times} in a row); it is tried again every second."
    )]
    private static partial void LogFault(ILogger logger, string name, int times, Exception exception);
}
