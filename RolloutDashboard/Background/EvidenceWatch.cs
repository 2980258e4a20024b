using RolloutDashboard.Core.Evidence;
using RolloutDashboard.Core.Evidence.Comparisons;
using RolloutDashboard.Core.Faults;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Jobs;

namespace RolloutDashboard.Background;

/// <summary>Runs the evidence checks and makes the comparison report when they are due, in a loop of its own: judging
/// waits for neither.</summary>
public sealed class EvidenceWatch(
    CheckEvidence checkEvidence,
    GenerateComparison generateComparison,
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
            do
            {
                if (gate.ClosedBecause is null)
                {
                    await TurnAsync(stoppingToken);
                }
            } while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping.
        }
    }

    private async Task TurnAsync(CancellationToken stoppingToken)
    {
        var ran = false;
        await duties.RunAsync(
            Duties.Evidence,
            async token => ran = await checkEvidence.ExecuteAsync(token) is not null,
            stoppingToken
        );
        if (ran)
        {
            await duties.RunAsync(Duties.Comparison, generateComparison.WhenDueAsync, stoppingToken);
        }
    }
}
