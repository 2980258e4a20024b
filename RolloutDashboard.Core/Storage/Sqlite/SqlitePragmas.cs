using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace RolloutDashboard.Core.Storage.Sqlite;

/// <summary>Sets on every opened connection what SQLite does not keep in its file. What it does keep, the WAL mode, is
/// set once, by <see cref="DatabaseFile"/>.</summary>
public sealed class SqlitePragmas : DbConnectionInterceptor
{
    // SQLite itself asks again after 1, 2, 5 to 100 ms where another connection writes; Microsoft.Data.Sqlite after 150
    // ms each time.
    private const string Commands =
        "PRAGMA busy_timeout=1000; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY;";

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Commands;
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(
        DbConnection connection,
        ConnectionEndEventData eventData,
        CancellationToken cancellationToken = default
    )
    {
        var command = connection.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            command.CommandText = Commands;
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
