using System.Globalization;
using Microsoft.Data.Sqlite;
using RolloutDashboard.Core.Storage.Sqlite;

namespace RolloutDashboard.Core.Recovery;

/// <summary>What a check of a database file found.</summary>
/// <param name="Faults">Empty for a sound file; at most <see cref="MostFaults"/> lines.</param>
public sealed record DatabaseCheck(IReadOnlyList<string> Faults)
{
    private const int MostFaults = 20;

    public bool IsSound => Faults.Count == 0;

    /// <summary>Structure of all pages; reads the whole file, holds nobody up.</summary>
    /// <exception cref="SqliteException">The file can't be read for a reason that is not damage.</exception>
    public static DatabaseCheck Quick(string path) => Run(path, $"PRAGMA quick_check({MostFaults})");

    /// <summary>Structure, indexes and constraints.</summary>
    /// <exception cref="SqliteException">The file can't be read for a reason that is not damage.</exception>
    public static DatabaseCheck Full(string path) => Run(path, $"PRAGMA integrity_check({MostFaults})");

    /// <summary>
    /// Connects to a file that has to exist, outside the pool: a pooled connection would answer from its cache.
    /// Read-only, since another one, closed after the file was moved aside, would remove the log of the file that took
    /// its place.
    /// </summary>
    internal static SqliteConnection Read(string path) => Open(path, SqliteOpenMode.ReadOnly);

    /// <summary>Connects to a file that nobody moves meanwhile.</summary>
    internal static SqliteConnection Connect(string path) => Open(path, SqliteOpenMode.ReadWrite);

    /// <summary>The number that a query of such a file yields.</summary>
    internal static long Scalar(string path, string query)
    {
        using var connection = Read(path);
        using var command = connection.CreateCommand();
        command.CommandText = query;
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    private static SqliteConnection Open(string path, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder
            {
                DataSource = path,
                Mode = mode,
                Pooling = false,
                DefaultTimeout = 30,
            }.ToString()
        );
        connection.Open();
        return connection;
    }

    private static DatabaseCheck Run(string path, string pragma)
    {
        try
        {
            using var connection = Read(path);
            using var command = connection.CreateCommand();
            command.CommandText = pragma;
            using var reader = command.ExecuteReader();
            var faults = new List<string>();
            while (reader.Read())
            {
                // One row may hold many lines, headed by the database's name.
                faults.AddRange(
                    reader
                        .GetString(0)
                        .Split('\n')
                        .Where(line => line is not "ok" && !line.StartsWith("***", StringComparison.Ordinal))
                );
            }

            return new DatabaseCheck(faults);
        }
        catch (SqliteException exception) when (SqliteFaults.IsDamage(exception))
        {
            return new DatabaseCheck([exception.Message]);
        }
    }
}
