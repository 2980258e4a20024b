using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;

namespace RolloutDashboard.Core.Monitoring.Analyst;

/// <summary>Which decisions a list shows; null means all.</summary>
/// <param name="Page">From 1.</param>
/// <param name="Sequence">The one record with that sequence.</param>
public sealed record DecisionFilter(string? Kind, string? Actor, Period Period, int Page, long? Sequence = null)
{
    public const int PageSize = 50;
}

/// <summary>One page of decisions, newest first.</summary>
/// <param name="Total">Decisions that the filter finds, over all pages.</param>
/// <param name="Kinds">Every kind there is, for the filter.</param>
/// <param name="Actors">Likewise every actor.</param>
public sealed record DecisionSlice(IReadOnlyList<DecisionRecord> Rows, long Total, IReadOnlyList<string> Kinds, IReadOnlyList<string> Actors);

/// <summary>Reads decisions over all rollouts of this installation: the chain is one.</summary>
public sealed class ReadDecisions(IDbContextFactory<RolloutDb> databases)
{
    public async Task<DecisionSlice> ExecuteAsync(DecisionFilter filter, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var found = Found(db, filter);
        var total = await found.LongCountAsync(cancellationToken).ConfigureAwait(false);
        var rows = await found.OrderByDescending(row => row.Sequence).Skip((filter.Page - 1) * DecisionFilter.PageSize).Take(DecisionFilter.PageSize).ToListAsync(cancellationToken).ConfigureAwait(false);
        var kinds = await db.Decisions.Select(row => row.Kind).Distinct().OrderBy(kind => kind).ToListAsync(cancellationToken).ConfigureAwait(false);
        var actors = await db.Decisions.Select(row => row.Actor).Distinct().OrderBy(actor => actor).ToListAsync(cancellationToken).ConfigureAwait(false);
        return new DecisionSlice(rows, total, kinds, actors);
    }

    internal static IQueryable<DecisionRecord> Found(RolloutDb db, DecisionFilter filter)
    {
        var (from, to) = (filter.Period.Start, filter.Period.End);
        return db.Decisions.Where(row => (filter.Sequence == null || row.Sequence == filter.Sequence) && (filter.Kind == null || row.Kind == filter.Kind) && (filter.Actor == null || row.Actor == filter.Actor) && row.At >= from && row.At < to);
    }
}
