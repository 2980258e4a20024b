using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RolloutDashboard.Core.Statistics.Catalog;

/// <summary>Fields of a method's input; "NaN" and "Infinity" stand for those floats.</summary>
public sealed class StatisticsInput(JsonObject fields)
{
    private const int LongestShown = 60;

    public bool Has(string field) => fields[field] is not null;

    /// <exception cref="ArgumentException">The field is missing or is no number.</exception>
    public double Number(string field) => Read(fields[field], field);

    public double Number(string field, double fallback) => Has(field) ? Number(field) : fallback;

    /// <exception cref="ArgumentException">The field is missing or is no text.</exception>
    public string Text(string field) => Optional(field) ?? throw new ArgumentException($"Field '{field}' is missing.");

    public string? Optional(string field) =>
        fields[field] switch
        {
            null => null,
            JsonValue value when value.TryGetValue<string>(out var text) => text,
            _ => throw new ArgumentException($"Field '{field}' must be text."),
        };

    public IReadOnlyList<double> Numbers(string field) => Array(field).Select(item => Read(item, field)).ToArray();

    public IReadOnlyList<string> Texts(string field) =>
        Array(field)
            .Select(item => item?.GetValue<string>() ?? throw new ArgumentException($"Field '{field}' holds null."))
            .ToArray();

    public IReadOnlyList<IReadOnlyList<double>> Rows(string field) =>
        Array(field)
            .Select(row =>
                (IReadOnlyList<double>)
                    (row as JsonArray ?? throw new ArgumentException($"Field '{field}' must hold arrays."))
                        .Select(item => Read(item, field))
                        .ToArray()
            )
            .ToArray();

    public IReadOnlyList<StatisticsInput> Objects(string field) =>
        Array(field)
            .Select(item => new StatisticsInput(
                item as JsonObject ?? throw new ArgumentException($"Field '{field}' must hold objects.")
            ))
            .ToArray();

    public StatisticsInput Object(string field) =>
        new(fields[field] as JsonObject ?? throw new ArgumentException($"Field '{field}' must be an object."));

    public IReadOnlyDictionary<string, double> Map(string field) =>
        fields[field] is JsonObject map
            ? map.ToDictionary(pair => pair.Key, pair => Read(pair.Value, field))
            : new Dictionary<string, double>();

    /// <summary>x1, n1, x0, n0: arm 1 is JSON, arm 0 full code.</summary>
    public TwoArms Arms() => new(Number("x1"), Number("n1"), Number("x0"), Number("n0"));

    /// <summary>Significance level; 0.05 unless given.</summary>
    public double Alpha() => Number("alpha", 0.05);

    /// <summary>Items of a list.</summary>
    public int Length(string field) => Array(field).Count;

    /// <summary>Reads a number, or one of the words that stand for floats that JSON lacks.</summary>
    internal static bool TryNumber(JsonNode node, out double number)
    {
        number = double.NaN;
        if (node is not JsonValue value)
        {
            return false;
        }

        if (value.GetValueKind() == JsonValueKind.Number)
        {
            number = double.Parse(value.ToJsonString(), CultureInfo.InvariantCulture);
            return true;
        }

        number = value.TryGetValue<string>(out var word) ? OfWord(word) ?? 0 : 0;
        return word is not null && OfWord(word) is not null;
    }

    /// <summary>A value as a refusal names it; short, whatever it is.</summary>
    internal static string Shown(JsonNode node)
    {
        var text = node.ToJsonString();
        return text.Length > LongestShown ? $"{text[..LongestShown]}…" : text;
    }

    private static double? OfWord(string word) =>
        word switch
        {
            "NaN" => double.NaN,
            "Infinity" or "+Inf" or "Inf" or "+Infinity" => double.PositiveInfinity,
            "-Infinity" or "-Inf" => double.NegativeInfinity,
            _ => null,
        };

    private JsonArray Array(string field) =>
        fields[field] as JsonArray ?? throw new ArgumentException($"Field '{field}' must be an array.");

    private static double Read(JsonNode? node, string field) =>
        node is not null && TryNumber(node, out var number)
            ? number
            : throw new ArgumentException($"Field '{field}' is missing or is no number.");
}
