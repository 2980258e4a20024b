using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace RolloutDashboard.Core.Storage;

/// <summary>Walks through the rows of a query column by column; an object for each costs several times what the
/// engine needs to find it.</summary>
internal static class RawRows
{
    private const int CancellationEvery = 1024;

    /// <param name="query">Projects to plain columns; a row counts them from 0 in the order of the projection.</param>
    /// <param name="visit">A row and its texts are valid only until it returns.</param>
    public static async Task ForEachAsync<T>(
        RolloutDb db,
        IQueryable<T> query,
        Action<RawRow> visit,
        CancellationToken cancellationToken
    )
    {
        var translated = query.CreateDbCommand();
        await using (translated.ConfigureAwait(false))
        {
            var reader = await ExecuteReaderAsync(db, translated, cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                try
                {
                    Walk(reader.DbDataReader, db.Engine.RowOf(reader.DbDataReader), visit, cancellationToken);
                }
                catch (DbException exception)
                {
                    db.GetService<IDiagnosticsLogger<DbLoggerCategory.Query>>()
                        .QueryIterationFailed(db.GetType(), exception);
                    throw;
                }
            }
        }
    }

    // By EF's own command, so that the database's gate and health stand before it as before every other.
    private static Task<RelationalDataReader> ExecuteReaderAsync(
        RolloutDb db,
        DbCommand translated,
        CancellationToken cancellationToken
    )
    {
        var command = db.GetService<IRawSqlCommandBuilder>()
            .Build(translated.CommandText, translated.Parameters.Cast<object>(), db.Model);
        return command.RelationalCommand.ExecuteReaderAsync(
            new RelationalCommandParameterObject(
                db.GetService<IRelationalConnection>(),
                command.ParameterValues,
                null,
                db,
                db.GetService<IRelationalCommandDiagnosticsLogger>(),
                CommandSource.LinqQuery
            ),
            cancellationToken
        );
    }

    // Here and below at once in full speed: the first visit walks through everything before the runtime has seen what
    // is hot.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Walk(DbDataReader reader, RawRow row, Action<RawRow> visit, CancellationToken cancellationToken)
    {
        for (var i = 1; reader.Read(); i++)
        {
            visit(row);
            if (i % CancellationEvery == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
    }
}
