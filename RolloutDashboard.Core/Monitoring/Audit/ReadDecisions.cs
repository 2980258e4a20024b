using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;

namespace RolloutDashboard.Core.Monitoring.Audit;

/// <summary>Reads decisions over all rollouts of this installation: the chain is one.</summary>
public sealed class ReadDecisions(IDbContextFactory<RolloutDb> databases)
{
    public async Task<DecisionSlice> ExecuteAsync(DecisionFilter filter, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var found = Found(db, filter);
        var total = await found.LongCountAsync(cancellationToken).ConfigureAwait(false);
        var rows = await found
            .OrderByDescending(row => row.Sequence)
            .Skip((filter.Page - 1) * DecisionFilter.PageSize)
            .Take(DecisionFilter.PageSize)
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);
        var kinds = await db
            .Decisions.Select(row => row.Kind)
            .Distinct()
            .OrderBy(kind => kind)
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);
        var actors = await db
            .Decisions.Select(row => row.Actor)
            .Distinct()
            .OrderBy(actor => actor)
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);
        return new DecisionSlice(rows, total, kinds, actors);
    }

    internal static IQueryable<DecisionRecord> Found(RolloutDb db, DecisionFilter filter)
    {
        var (from, to) = (filter.Period.Start, filter.Period.End);
        return db.Decisions.Where(row =>
            (filter.Sequence == null || row.Sequence == filter.Sequence)
            && (filter.Kind == null || row.Kind == filter.Kind)
            && (filter.Actor == null || row.Actor == filter.Actor)
            && row.At >= from
            && row.At < to
        );
    }
}
