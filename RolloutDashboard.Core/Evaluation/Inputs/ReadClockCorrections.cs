using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;

namespace RolloutDashboard.Core.Evaluation.Inputs;

/// <summary>Reads the corrections of the machine's clock that were taken over.</summary>
public static class ReadClockCorrections
{
    /// <summary>Those of a rollout, in order.</summary>
    public static Task<List<ClockCorrection>> OfAsync(
        RolloutDb db,
        int rolloutId,
        CancellationToken cancellationToken
    ) =>
        db
            .ClockCorrections.Where(row => row.RolloutId == rolloutId)
            .OrderBy(row => row.Id)
            .ToListAsync(cancellationToken);

    /// <summary>
    /// When a decision was taken, by the clock as it is now: its own instant is history and stays, and what it is
    /// compared with has moved.
    /// </summary>
    public static DateTimeOffset InstantOf(this IEnumerable<ClockCorrection> corrections, DecisionRecord decision) =>
        corrections
            .Where(row => row.LastDecision >= decision.Sequence)
            .Aggregate(decision.At, (at, row) => at + row.By);
}
