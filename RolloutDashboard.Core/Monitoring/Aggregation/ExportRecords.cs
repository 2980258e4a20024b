using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Configuration;
using RolloutDashboard.Core.Monitoring.Audit;
using RolloutDashboard.Core.Monitoring.IterationHistory;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Storage.Entities.Evidence;

namespace RolloutDashboard.Core.Monitoring.Aggregation;

/// <summary>Streams records as they are stored, oldest first, so that an export of any size stays small in
/// memory.</summary>
public sealed class ExportRecords(IDbContextFactory<RolloutDb> databases)
{
    /// <summary>All iterations that the filter finds; its page is ignored.</summary>
    public async IAsyncEnumerable<IterationRecord> IterationsAsync(
        IterationFilter filter,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var rolloutId = await db.CurrentRolloutIdAsync(cancellationToken).ConfigureAwait(false);
        await foreach (
            var row in IterationQueries
                .Found(db, rolloutId, filter)
                .OrderBy(row => row.Number)
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
