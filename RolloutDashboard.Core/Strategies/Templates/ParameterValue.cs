using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RolloutDashboard.Core.Strategies.Templates;

/// <summary>One grid value: a number or a word.</summary>
public readonly record struct ParameterValue
{
    private ParameterValue(double? number, string? word)
    {
        Number = number;
        Word = word;
    }

    public double? Number { get; }

    public string? Word { get; }

    public static implicit operator ParameterValue(double number) => new(number, (string?)null);

    public static implicit operator ParameterValue(string word) => new(null, word);

    /// <summary>Invariant text: shortest round-trip number, or the word.</summary>
    public override string ToString() =>
        Number is { } number ? number.ToString("R", CultureInfo.InvariantCulture) : Word ?? "";

    /// <summary>The value as a JSON scalar.</summary>
    public JsonNode ToJson()
    {
        if (Number is not { } number)
        {
            return JsonValue.Create(Word ?? "")!;
        }

        return number == Math.Floor(number) && Math.Abs(number) < 1e15
            ? JsonValue.Create((long)number)
            : JsonValue.Create(number);
    }

    /// <summary>Reads a JSON scalar; null if it is neither a number nor text.</summary>
    public static ParameterValue? From(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.Number when element.TryGetDouble(out var number) && double.IsFinite(number) =>
                (ParameterValue)number,
            JsonValueKind.String => (ParameterValue)element.GetString()!,
            _ => (ParameterValue?)null,
        };
}
