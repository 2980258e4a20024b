using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;

namespace RolloutDashboard.Tests.Support;

/// <summary>Asks SQLite how it would run a statement, and names what would walk through a large table.</summary>
internal static partial class QueryPlans
{
    /// <summary>Tables that grow with the iterations.</summary>
    private static readonly string[] Large =
    [
        "Iterations",
        "IterationDetails",
        "RollupBuckets",
        "Events",
        "Notifications",
        "Judgements",
    ];

    /// <returns>A line for each walk; empty where all tables are reached by a narrow index.</returns>
    public static IReadOnlyList<string> Walks(SqliteConnection connection, RecordedQuery query)
    {
        var tables = Alias()
            .Matches(query.Sql)
            .ToLookup(match => match.Groups[2].Value, match => match.Groups[1].Value, StringComparer.Ordinal);
        return
        [
            .. Steps(connection, query)
                .Where(step => IsWalk(step, query.Sql) && Names(step, tables).Any(Large.Contains)),
        ];
    }

    /// <returns>What SQLite would do, a line for each table.</returns>
    public static IReadOnlyList<string> Steps(SqliteConnection connection, RecordedQuery query)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + query.Sql;
        foreach (var (name, value) in query.Parameters)
        {
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }

        using var reader = command.ExecuteReader();
        var steps = new List<string>();
        while (reader.Read())
        {
            steps.Add(reader.GetString(3));
        }

        return steps;
    }

    // Rollout and environment alone choose nearly everything; with a limit or an extreme the index ends the walk early.
    private static bool IsWalk(string step, string sql) =>
        step.StartsWith("SCAN ", StringComparison.Ordinal)
        || (
            WholeRollout().IsMatch(step) && !sql.Contains("LIMIT", StringComparison.Ordinal) && !Extreme().IsMatch(sql)
        );

    private static IEnumerable<string> Names(string step, ILookup<string, string> tables)
    {
        var name = step.Split(' ')[1];
        return tables.Contains(name) ? tables[name] : [name.Trim('"')];
    }

    [GeneratedRegex("\"(\\w+)\" AS \"(\\w+)\"")]
    private static partial Regex Alias();

    [GeneratedRegex(@"\(RolloutId=\?( AND Environment=\?)?\)$")]
    private static partial Regex WholeRollout();

    [GeneratedRegex(@"^SELECT (MAX|MIN)\(""\w+""\.""\w+""\)\s")]
    private static partial Regex Extreme();
}
