using System.Globalization;
using System.Text;
using System.Text.Json;

namespace RolloutDashboard.Core.Import.Readers;

/// <summary>A value of a record before anything is made of it.</summary>
/// <param name="Text">The text; of a number its digits, of an object or list its JSON.</param>
internal readonly record struct RawValue(JsonTokenType Kind, string? Text, double Number)
{
    private static readonly string[] Nothing = ["", "none", "null", "n/a", "na", "-"];

    /// <summary>Whether it says something: neither null nor an empty text or list.</summary>
    public bool HoldsSomething =>
        Kind switch
        {
            JsonTokenType.None or JsonTokenType.Null => false,
            JsonTokenType.String => !string.IsNullOrWhiteSpace(Text),
            JsonTokenType.StartArray or JsonTokenType.StartObject => Text!.AsSpan(1, Text!.Length - 2).Trim().Length
                > 0,
            _ => true,
        };

    public static RawValue Read(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return new RawValue(JsonTokenType.String, reader.GetString(), double.NaN);
            case JsonTokenType.Number:
                return new RawValue(
                    JsonTokenType.Number,
                    Encoding.UTF8.GetString(reader.ValueSpan),
                    reader.GetDouble()
                );
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                var kind = reader.TokenType;
                using (var document = JsonDocument.ParseValue(ref reader))
                {
                    return new RawValue(kind, document.RootElement.GetRawText(), double.NaN);
                }

            default:
                return new RawValue(
                    reader.TokenType,
                    reader.TokenType switch
                    {
                        JsonTokenType.True => "true",
                        JsonTokenType.False => "false",
                        _ => null,
                    },
                    double.NaN
                );
        }
    }

    /// <summary>A text as a value.</summary>
    public static RawValue Of(string text) => new(JsonTokenType.String, text, double.NaN);

    /// <returns>Whether it is a number, or says that there is none; NaN and Infinity are numbers here.</returns>
    public bool TryNumber(out double? number)
    {
        number = null;
        switch (Kind)
        {
            case JsonTokenType.None or JsonTokenType.Null:
                return true;
            case JsonTokenType.Number:
                number = Number;
                return true;
            case JsonTokenType.String:
                var text = Text!.Trim();
                if (Nothing.Contains(text, StringComparer.OrdinalIgnoreCase))
                {
                    return true;
                }

                number = OfText(text);
                return number is not null;
            default:
                return false;
        }
    }

    /// <returns>Whether it is a flag, or says that there is none.</returns>
    public bool TryFlag(out bool? flag)
    {
        flag = Kind switch
        {
            JsonTokenType.True => true,
            JsonTokenType.False => false,
            JsonTokenType.Number when Number is 0 or 1 => Number == 1,
            JsonTokenType.String => OfWord(Text!.Trim()),
            _ => null,
        };
        return flag is not null
            || !HoldsSomething
            || (Kind == JsonTokenType.String && Nothing.Contains(Text!.Trim(), StringComparer.OrdinalIgnoreCase));
    }

    private static double? OfText(string text) =>
        text.ToUpperInvariant() switch
        {
            "NAN" => double.NaN,
            "INF" or "+INF" or "INFINITY" or "+INFINITY" => double.PositiveInfinity,
            "-INF" or "-INFINITY" => double.NegativeInfinity,
            _ when text[^1] == '%' => Parsed(text[..^1].TrimEnd()) / 100,
            _ => Parsed(text),
        };

    private static double? Parsed(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static bool? OfWord(string word) =>
        word.ToUpperInvariant() switch
        {
            "TRUE"
            or "YES"
            or "1"
            or "SUCCESS"
            or "SUCCEEDED"
            or "OK"
            or "COMPLETE"
            or "COMPLETED"
            or "PASSED"
            or "DONE" => true,
            "FALSE"
            or "NO"
            or "0"
            or "FAIL"
            or "FAILED"
            or "FAILURE"
            or "ERROR"
            or "TIMEOUT"
            or "CRASHED"
            or "EXCEPTION" => false,
            _ => null,
        };
}
