using RolloutDashboard.Core.Evidence.Histories;
using RolloutDashboard.Core.Import;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Turns;

namespace RolloutDashboard.Studies;

/// <summary>Summaries over the use case; remembers the latest for as long as the gates stay the same.</summary>
public sealed class SetSummaries(
    ReadSetSummary readSetSummary,
    ReadHistoryPolicy readPolicy,
    DatabaseAvailability gate,
    WorkTurns turns,
    TimeProvider clock
) : ISetSummaries
{
    private const int Remembered = 16;
    private readonly DeduplicatedJobs<Asked, HistorySummary?> _results = new(
        async (asked, _, token) =>
            await readSetSummary.ExecuteAsync(asked.SetId, await readPolicy.ExecuteAsync(token), token),
        Remembered,
        turns.Computations,
        clock
    );

    public async Task<HistorySummary?> FindAsync(
        int setId,
        JobSubscription? waiting,
        CancellationToken cancellationToken
    )
    {
        // A restored database may have other gates under the same number.
        var opening = gate.Openings;
        var policy = await Task.Run(() => readPolicy.ExecuteAsync(cancellationToken), cancellationToken);
        var asked = new Asked(setId, policy.Gates.Version, opening);
        return (await _results.GetAsync(asked, waiting, cancellationToken)).Value;
    }

    private sealed record Asked(int SetId, int GateVersion, long Opening);
}
