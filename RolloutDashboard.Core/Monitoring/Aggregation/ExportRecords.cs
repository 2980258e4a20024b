using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Monitoring.Audit;
using RolloutDashboard.Core.Monitoring.IterationHistory;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Storage.Entities.Evidence;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Monitoring.Aggregation;

/// <summary>Streams records as they are stored, oldest first, so that an export of any size stays small in
/// memory.</summary>
public sealed class ExportRecords(IDbContextFactory<RolloutDb> databases)
{
    /// <summary>All iterations that the filter finds; its page is ignored.</summary>
    public async IAsyncEnumerable<ExportedIteration> IterationsAsync(
        IterationFilter filter,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var rolloutId = await db.CurrentRolloutIdAsync(cancellationToken).ConfigureAwait(false);
        var ordinals = await db
            .Lineages.Where(lineage => lineage.RolloutId == rolloutId && lineage.Environment == filter.Environment)
            .ToDictionaryAsync(lineage => lineage.Id, lineage => lineage.Ordinal, cancellationToken)
            .ConfigureAwait(false);
        await foreach (
            var row in IterationQueries
                .Found(db, rolloutId, filter)
                .OrderBy(row => row.Number)
                .AsAsyncEnumerable()
                .WithCancellation(cancellationToken)
                .ConfigureAwait(false)
        )
        {
            // One that began meanwhile is not known yet; its iterations still run.
            yield return new ExportedIteration(
                row,
                row.LineageId is { } id && ordinals.TryGetValue(id, out var ordinal) ? ordinal : null
            );
        }
    }

    /// <summary>All lineages of an environment.</summary>
    public async IAsyncEnumerable<Lineage> LineagesAsync(
        RolloutEnvironment environment,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var rolloutId = await db.CurrentRolloutIdAsync(cancellationToken).ConfigureAwait(false);
        await foreach (
            var row in db
                .Lineages.Where(lineage => lineage.RolloutId == rolloutId && lineage.Environment == environment)
                .OrderBy(lineage => lineage.Mode)
                .ThenBy(lineage => lineage.Ordinal)
                .AsAsyncEnumerable()
                .WithCancellation(cancellationToken)
                .ConfigureAwait(false)
        )
        {
            yield return row;
        }
    }

    /// <summary>All decisions that the filter finds; its page is ignored.</summary>
    public async IAsyncEnumerable<DecisionRecord> DecisionsAsync(
        DecisionFilter filter,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await foreach (
            var row in ReadDecisions
                .Found(db, filter)
                .OrderBy(row => row.Sequence)
                .AsAsyncEnumerable()
                .WithCancellation(cancellationToken)
                .ConfigureAwait(false)
        )
        {
            yield return row;
        }
    }
}
