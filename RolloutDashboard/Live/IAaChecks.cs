using RolloutDashboard.Core.Evidence.SameMode;
using RolloutDashboard.Turns;

namespace RolloutDashboard.Live;

/// <summary>A/A checks for the page.</summary>
public interface IAaChecks
{
    /// <param name="waiting">Gets the number of finished runs.</param>
    Task<AaReport> RunAsync(AaSettings settings, Waiting? waiting, CancellationToken cancellationToken);
}

/// <summary>Runs A/A checks in turns, since one takes a processor for a while, and remembers the latest reports.</summary>
public sealed class AaChecks(WorkTurns turns, TimeProvider clock) : IAaChecks
{
    private const int Remembered = 32;
    private readonly SharedResults<AaSettings, AaReport> _reports = new(RunAaCheck.ExecuteAsync, Remembered, turns.Computations, clock);

    public async Task<AaReport> RunAsync(AaSettings settings, Waiting? waiting, CancellationToken cancellationToken) =>
        (await _reports.GetAsync(settings, waiting, cancellationToken)).Value;
}
