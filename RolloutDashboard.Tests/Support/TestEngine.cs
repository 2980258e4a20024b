using RolloutDashboard.Core.Import;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Sqlite;

namespace RolloutDashboard.Tests.Support;

/// <summary>The engine of the database, where a test makes by hand what needs it.</summary>
internal static class TestEngine
{
    public static IDatabaseProvider Provider => SqliteProvider.Instance;

    public static StorageTrouble Trouble { get; } = new(SqliteProvider.Instance);

    public static ImportFile Import { get; } = new(TimeProvider.System, SqliteProvider.Instance);
}
