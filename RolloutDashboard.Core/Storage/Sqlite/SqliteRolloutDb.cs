using Microsoft.EntityFrameworkCore;

namespace RolloutDashboard.Core.Storage.Sqlite;

/// <summary>The SQLite database.</summary>
public sealed class SqliteRolloutDb(DbContextOptions<SqliteRolloutDb> options) : RolloutDb(options)
{
    internal override IDatabaseProvider Engine => SqliteProvider.Instance;
}
