using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace RolloutDashboard.Core.Import;

/// <summary>Reads the fields of one record; unknown ones are counted, never fatal.</summary>
public sealed class RecordParser(int depth)
{
    private const int MostUnknown = 200;
    private const int LongestWord = 500;
    private const int LongestParameters = 64 * 1024;
    private const long LargestNumber = 1_000_000_000_000;
    private static readonly string[] Inner = ["execution_result", "metrics"];
    private readonly ArrayBufferWriter<byte> _scratch = new();
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    /// <summary>Fields that nothing is made of, with how many records had them; the first 200 names.</summary>
    public Dictionary<string, int> Unknown { get; } = new(StringComparer.Ordinal);

    /// <returns>The record, or why there is none.</returns>
    public (ImportedRecord? Record, string? Problem) Parse(ReadOnlySpan<byte> text)
    {
        var record = new ImportedRecord();
        _seen.Clear();
        try
        {
            var reader = new Utf8JsonReader(BareTokens.Quote(text, _scratch), new JsonReaderOptions { MaxDepth = depth });
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return (null, "It is no JSON object.");
            }

            ReadObject(ref reader, record, "");
            while (reader.Read())
            {
                // Anything behind the object is an error of the reader.
            }

            return record.Number is null ? (null, "It has no iteration_num.") : (record, null);
        }
        catch (JsonException exception)
        {
            return (null, string.Create(CultureInfo.InvariantCulture, $"It is not valid JSON at byte {exception.BytePositionInLine}: {FirstSentence(exception.Message)}"));
        }
        catch (FieldException exception)
        {
            return (null, exception.Message);
        }
        catch (InvalidOperationException)
        {
            return (null, "A text in it is not valid UTF-8.");
        }
    }

    private void ReadObject(ref Utf8JsonReader reader, ImportedRecord record, string prefix)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = prefix + reader.GetString();
            if (!_seen.Add(name))
            {
                throw new FieldException($"The field {name} stands there twice.");
            }

            reader.Read();
            if (prefix.Length == 0 && Inner.Contains(name) && reader.TokenType == JsonTokenType.StartObject)
            {
                ReadObject(ref reader, record, name + ".");
            }
            else
            {
                ReadField(ref reader, record, name);
            }
        }
    }

    private void ReadField(ref Utf8JsonReader reader, ImportedRecord record, string name)
    {
        switch (name)
        {
            case "iteration_num": record.Number = Whole(ref reader, name); break;
            case "generation_method": record.Method = Word(ref reader, name); break;
            case "strategy_code": record.Code = Text(ref reader); break;
            case "strategy_id": record.StrategyId = Word(ref reader, name); break;
            case "execution_result.success": record.Succeeded = Flag(ref reader, name); break;
            case "metrics.execution_success": record.Succeeded ??= Flag(ref reader, name); break;
            case "execution_result.error_type": record.ErrorType = Word(ref reader, name); break;
            case "execution_result.error_message": record.ErrorMessage = Text(ref reader); break;
            case "execution_result.execution_time": record.ExecutionSeconds = Number(ref reader, name); break;
            case "metrics.sharpe_ratio": record.SharpeRatio = Number(ref reader, name) ?? record.SharpeRatio; break;
            case "execution_result.sharpe_ratio": record.SharpeRatio ??= Number(ref reader, name); break;
            case "metrics.total_return": record.TotalReturn = Number(ref reader, name) ?? record.TotalReturn; break;
            case "execution_result.total_return": record.TotalReturn ??= Number(ref reader, name); break;
            case "metrics.annual_return": record.AnnualReturn = Number(ref reader, name); break;
            case "metrics.max_drawdown": record.MaxDrawdown = Number(ref reader, name) ?? record.MaxDrawdown; break;
            case "execution_result.max_drawdown": record.MaxDrawdown ??= Number(ref reader, name); break;
            case "metrics.win_rate": record.WinRate = Number(ref reader, name); break;
            case "metrics.calmar_ratio": record.CalmarRatio = Number(ref reader, name) ?? record.CalmarRatio; break;
            case "execution_result.calmar_ratio": record.CalmarRatio ??= Number(ref reader, name); break;
            case "classification_level": record.DeclaredLevel = Word(ref reader, name); break;
            case "timestamp": record.Timestamp = Word(ref reader, name); break;
            case "champion_updated": record.ChampionUpdated = Flag(ref reader, name); break;
            case "feedback_used": record.FeedbackUsed = Flag(ref reader, name); break;
            case "template_name": record.TemplateName = Word(ref reader, name); break;
            case "json_mode": record.JsonMode = Flag(ref reader, name); break;
            case "parameters": record.Parameters = Json(ref reader, name); break;
            case "execution_result.stack_trace" or "execution_result" or "metrics": reader.Skip(); break;
            default:
                CountUnknown(name);
                reader.Skip();
                break;
        }
    }

    private void CountUnknown(string name)
    {
        if (Unknown.TryGetValue(name, out var count) || Unknown.Count < MostUnknown)
        {
            Unknown[name] = count + 1;
        }
    }

    private static string? Json(ref Utf8JsonReader reader, string name)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        var text = document.RootElement.ValueKind == JsonValueKind.Null ? null : document.RootElement.GetRawText();
        return text is not { Length: > LongestParameters } ? text : throw new FieldException($"The field {name} is longer than {LongestParameters / 1024} KiB.");
    }

    // What is kept for the checks of a whole run has to be short.
    private static string? Word(ref Utf8JsonReader reader, string name) => Text(ref reader) switch
    {
        { Length: > LongestWord } => throw new FieldException($"The field {name} is longer than {LongestWord} characters."),
        var word => word,
    };

    // Numbers and flags where a text is expected stay what they were written as.
    private static string? Text(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return reader.GetString();
            case JsonTokenType.Number:
                return Encoding.UTF8.GetString(reader.ValueSpan);
            default:
                reader.Skip();
                return null;
        }
    }

    private static bool? Flag(ref Utf8JsonReader reader, string name) => reader.TokenType switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        JsonTokenType.Null => null,
        _ => throw new FieldException($"The field {name} is neither true nor false."),
    };

    private static long Whole(ref Utf8JsonReader reader, string name) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var number) && number is >= 0 and <= LargestNumber ? number : throw new FieldException($"The field {name} is no whole number from 0 to 10^12.");

    private static double? Number(ref Utf8JsonReader reader, string name) => reader.TokenType switch
    {
        JsonTokenType.Number => reader.GetDouble(),
        JsonTokenType.Null => null,
        JsonTokenType.String when reader.GetString() is "NaN" => double.NaN,
        JsonTokenType.String when reader.GetString() is "Infinity" => double.PositiveInfinity,
        JsonTokenType.String when reader.GetString() is "-Infinity" => double.NegativeInfinity,
        _ => throw new FieldException($"The field {name} is no number."),
    };

    private static string FirstSentence(string message) => message.Split(" LineNumber:", 2)[0];

    private sealed class FieldException(string message) : Exception(message);
}
