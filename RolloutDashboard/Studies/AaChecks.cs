using RolloutDashboard.Core.Evidence.AaTest;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Turns;

namespace RolloutDashboard.Studies;

/// <summary>Runs A/A checks in turns, since one takes a processor for a while, and remembers the latest
/// reports.</summary>
public sealed class AaChecks(WorkTurns turns, IDatabaseProvider engine, TimeProvider clock) : IAaChecks
{
    private const int Remembered = 32;
    private readonly DeduplicatedJobs<AaSettings, AaReport> _reports = new(
        (settings, progress, cancellationToken) =>
            RunAaCheck.ExecuteAsync(engine, settings, progress, cancellationToken),
        Remembered,
        turns.Computations,
        clock
    );

    public async Task<AaReport> RunAsync(
        AaSettings settings,
        JobSubscription? waiting,
        CancellationToken cancellationToken
    ) => (await _reports.GetAsync(settings, waiting, cancellationToken)).Value;
}
