using System.Globalization;
using System.Text;
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
    public override string ToString() => Number is { } number ? number.ToString("R", CultureInfo.InvariantCulture) : Word ?? "";

    /// <summary>The value as a JSON scalar.</summary>
    public JsonNode ToJson()
    {
        if (Number is not { } number)
        {
            return JsonValue.Create(Word ?? "")!;
        }

        return number == Math.Floor(number) && Math.Abs(number) < 1e15 ? JsonValue.Create((long)number) : JsonValue.Create(number);
    }

    /// <summary>Reads a JSON scalar; null if it is neither a number nor text.</summary>
    public static ParameterValue? From(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Number when element.TryGetDouble(out var number) && double.IsFinite(number) => (ParameterValue)number,
        JsonValueKind.String => (ParameterValue)element.GetString()!,
        _ => (ParameterValue?)null,
    };
}

/// <summary>A parameter of a template and the values it may take.</summary>
/// <param name="Grid">Allowed values in their natural order; the default is the one at index length / 2.</param>
public sealed record TemplateParameter(string Name, string Description, IReadOnlyList<ParameterValue> Grid)
{
    public ParameterValue Default => Grid[Grid.Count / 2];
}

/// <summary>A rule between parameters, such as momentum_period &lt;= ma_periods.</summary>
public sealed record CrossRule(string Text, IReadOnlyList<string> Parameters, Func<TemplateParameters, bool> Holds);

/// <summary>What is wrong with a parameter, in words that a model or a person can act on.</summary>
public sealed record ParameterError(string Path, string Given, string Allowed, string Hint)
{
    public override string ToString() => $"{Path}: given {Given}; allowed {Allowed}. {Hint}";
}

/// <summary>The parameters of a template: grids, rules, defaults.</summary>
public sealed record TemplateSchema(IReadOnlyList<TemplateParameter> Parameters, IReadOnlyList<CrossRule> Rules)
{
    /// <summary>The default parameters.</summary>
    public TemplateParameters Defaults() => new(Parameters.ToDictionary(p => p.Name, p => p.Default, StringComparer.Ordinal));

    /// <summary>Number of points of the grid, before cross rules.</summary>
    public long SpaceSize => Parameters.Aggregate(1L, (size, parameter) => size * parameter.Grid.Count);
}

/// <summary>Chosen parameters, by name.</summary>
public sealed class TemplateParameters(IReadOnlyDictionary<string, ParameterValue> values)
{
    public IReadOnlyDictionary<string, ParameterValue> Values { get; } = values;

    /// <exception cref="KeyNotFoundException">There is no such parameter.</exception>
    public double Number(string name) => Values[name].Number ?? throw new InvalidOperationException($"{name} is a word, not a number.");

    public int Whole(string name) => (int)Number(name);

    public string Word(string name) => Values[name].Word ?? Values[name].ToString();

    /// <summary>A number, or null where the word "none" stands.</summary>
    public double? NumberOrNone(string name) => Values[name].Number;

    public TemplateParameters With(string name, ParameterValue value) =>
        new(Values.ToDictionary(p => p.Key, p => p.Key == name ? value : p.Value, StringComparer.Ordinal));

    /// <summary>Canonical JSON: names in ordinal order, shortest numbers; equal parameters give equal text.</summary>
    public string ToCanonicalJson()
    {
        var json = new JsonObject();
        foreach (var (name, value) in Values.OrderBy(p => p.Key, StringComparer.Ordinal))
        {
            json[name] = value.ToJson();
        }

        return json.ToJsonString();
    }
}
