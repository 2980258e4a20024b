using System.Buffers;
using System.Text.Json;
using RolloutDashboard.Core.Import.Mapping;

namespace RolloutDashboard.Core.Import.Readers;

/// <summary>Summaries that hold one list a field: each position of the lists is one record.</summary>
internal static class ArraySummary
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["sharpes"] = HistoryFields.SharpeRatio,
        ["sharpe_ratios"] = HistoryFields.SharpeRatio,
        ["total_returns"] = "metrics.total_return",
        ["returns"] = "metrics.total_return",
        ["annual_returns"] = "metrics.annual_return",
        ["max_drawdowns"] = "metrics.max_drawdown",
        ["drawdowns"] = "metrics.max_drawdown",
        ["calmar_ratios"] = "metrics.calmar_ratio",
        ["win_rates"] = "metrics.win_rate",
        ["durations"] = "execution_result.execution_time",
        ["execution_times"] = "execution_result.execution_time",
        ["champion_updates"] = "champion_updated",
        ["successes"] = "execution_success",
        ["timestamps"] = "timestamp",
        ["iterations"] = "iteration_num",
        ["iteration_nums"] = "iteration_num",
        ["errors"] = "execution_error",
    };

    /// <summary>Whether an object may be one; cheap, for every object.</summary>
    public static bool MayBe(ReadOnlySpan<byte> text, HistoryMapping mapping) =>
        text.IndexOf("sharpes\""u8) >= 0
        || text.IndexOf("sharpe_ratios\""u8) >= 0
        || text.IndexOf("_returns\""u8) >= 0
        || mapping.Fields.Count > 0;

    /// <returns>Values of each position by the path that a record would have them at; empty where the object is no
    /// summary.</returns>
    public static IReadOnlyList<IReadOnlyList<(string Path, RawValue Value)>> Read(
        ReadOnlySpan<byte> text,
        Func<string, bool> isMapped,
        int depth,
        ArrayBufferWriter<byte> scratch
    )
    {
        var columns = new List<(string Path, List<RawValue> Values)>();
        try
        {
            var reader = new Utf8JsonReader(
                NonFiniteNumberRewriter.Quote(text, scratch),
                new JsonReaderOptions { MaxDepth = depth }
            );
            reader.Read();
            ReadObject(ref reader, "", isMapped, columns);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return [];
        }

        var hasMetric = columns.Exists(column =>
            column.Path.StartsWith("metrics.", StringComparison.Ordinal) || isMapped(column.Path)
        );
        var length = hasMetric ? columns.Max(column => column.Values.Count) : 0;
        return
        [
            .. Enumerable
                .Range(0, length)
                .Select(at =>
                    columns
                        .Where(column => at < column.Values.Count)
                        .Select(column => (column.Path, column.Values[at]))
                        .ToArray()
                ),
        ];
    }

    private static void ReadObject(
        ref Utf8JsonReader reader,
        string prefix,
        Func<string, bool> isMapped,
        List<(string Path, List<RawValue> Values)> columns
    )
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            var path =
                isMapped(prefix + name) ? prefix + name
                : prefix.Length == 0 ? Names.GetValueOrDefault(name)
                : null;
            if (path is not null && reader.TokenType == JsonTokenType.StartArray)
            {
                if (Scalars(ref reader) is { Count: > 0 } values && !columns.Exists(column => column.Path == path))
                {
                    columns.Add((path, values));
                }
            }
            else if (reader.TokenType == JsonTokenType.StartObject)
            {
                ReadObject(ref reader, $"{prefix}{name}.", isMapped, columns);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private static List<RawValue> Scalars(ref Utf8JsonReader reader)
    {
        var (values, isPlain) = (new List<RawValue>(), true);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            isPlain &= reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray);
            values.Add(RawValue.Read(ref reader));
        }

        return isPlain ? values : [];
    }
}
