using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace RolloutDashboard.Tests.Import;

/// <summary>Histories as other loops write them: 60 records in both modes, every fifth a failure, each strategy its
/// own.</summary>
internal sealed class HistoryFile : IDisposable
{
    private HistoryFile(string content, string name = "history.jsonl")
        : this(new UTF8Encoding(false).GetBytes(content), name) { }

    private HistoryFile(byte[] content, string name)
    {
        Folder = Directory.CreateTempSubdirectory("import-").FullName;
        Path = System.IO.Path.Combine(Folder, name);
        File.WriteAllBytes(Path, content);
    }

    public string Folder { get; }

    public string Path { get; }

    public string Database => System.IO.Path.Combine(Folder, "imports.db");

    public static HistoryFile Of(string content) => new(content);

    public static HistoryFile OfBytes(params byte[] content) => new(content, "history.bin");

    public static HistoryFile OfRecords(IEnumerable<JsonObject> records) =>
        new(string.Join('\n', records.Select(record => record.ToJsonString())) + "\n");

    /// <summary>The same in a document that calls its run complete.</summary>
    public static HistoryFile OfCompletedRun(IEnumerable<JsonObject> records) =>
        new(
            $"{{\"test_completed\": true, \"records\": [{string.Join(',', records.Select(record => record.ToJsonString()))}]}}"
        );

    public static JsonObject[] Clean(int count = 60) => [.. Enumerable.Range(1, count).Select(Record)];

    public static JsonObject Record(int number)
    {
        var json = number % 2 == 0;
        var fails = number % 5 == 0;
        var sharpe = 0.1 + (number * 0.013);
        var record = new JsonObject
        {
            ["iteration_num"] = number,
            ["generation_method"] = "llm",
            ["json_mode"] = json,
            ["strategy_code"] = json ? Wrapper(number) : Program(number),
            ["execution_result"] = new JsonObject
            {
                ["success"] = !fails,
                ["error_type"] = fails ? $"Error{(char)('A' + (number % 15))}" : null,
                ["error_message"] = fails ? "no data" : null,
                ["execution_time"] = 1.5 + number,
            },
            ["metrics"] = fails
                ? new JsonObject { ["sharpe_ratio"] = null }
                : new JsonObject
                {
                    ["sharpe_ratio"] = sharpe,
                    ["total_return"] = sharpe / 3,
                    ["max_drawdown"] = -0.05 - (number * 0.001),
                },
            ["classification_level"] = fails ? "LEVEL_0" : "LEVEL_3",
            ["timestamp"] = new DateTimeOffset(2026, 1, 5, 9, 0, 0, TimeSpan.Zero)
                .AddMinutes(number)
                .ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
            ["champion_updated"] = number == 41,
        };
        if (json)
        {
            record["template_name"] = "Momentum";
        }

        return record;
    }

    public static string Wrapper(int number) =>
        $"# Template: Momentum\n# Parameters: {{'momentum_period': {number}, 'use_catalyst': True, 'name': None,}}\nrun(PARAMS)";

    public static string Program(int number) =>
        $"def strategy(data):\n    # one of many\n    return data.close / data.close.shift({number}) - {number % 7}\n";

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(Folder, recursive: true);
    }
}
