using System.Text.Json.Nodes;

namespace RolloutDashboard.Core.Strategies.Templates;

/// <summary>Chosen parameters, by name.</summary>
public sealed class TemplateParameters(IReadOnlyDictionary<string, ParameterValue> values)
{
    public IReadOnlyDictionary<string, ParameterValue> Values { get; } = values;

    /// <exception cref="KeyNotFoundException">There is no such parameter.</exception>
    public double Number(string name) =>
        Values[name].Number ?? throw new InvalidOperationException($"{name} is a word, not a number.");

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
