using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace RolloutDashboard.Core.Storage.Sqlite;

/// <summary>
/// Ends transactions whatever else stops: a cancellation that comes after the last statement would otherwise
/// undo finished work, and one that comes before it would be logged as a failure of the database.
/// </summary>
internal sealed class SqliteTransactions : DbTransactionInterceptor
{
    public override async ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction,
        TransactionEventData eventData,
        InterceptionResult result,
        CancellationToken cancellationToken = default
    )
    {
        await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
        return InterceptionResult.Suppress();
    }

    public override async ValueTask<InterceptionResult> TransactionRollingBackAsync(
        DbTransaction transaction,
        TransactionEventData eventData,
        InterceptionResult result,
        CancellationToken cancellationToken = default
    )
    {
        await transaction.RollbackAsync(CancellationToken.None).ConfigureAwait(false);
        return InterceptionResult.Suppress();
    }
}
