using System.Text.Json.Nodes;
using RolloutDashboard.Core.Statistics.Catalog;

namespace RolloutDashboard.Core.Statistics.Inputs;

/// <summary>A text; one of a few words, or one that a rule accepts.</summary>
/// <param name="Words">The words it may be; empty for any text.</param>
public sealed record TextField(string Name, params IReadOnlyList<string> Words) : InputField(Name)
{
    private const int Longest = 10_000;

    /// <summary>What else is wrong with a text; null if nothing is.</summary>
    public Func<string, string?>? Rule { get; init; }

    public override string? Fault(JsonNode value)
    {
        if (value is not JsonValue text || !text.TryGetValue<string>(out var word))
        {
            return $"must be text, not {StatisticsInput.Shown(value)}";
        }

        if (word.Length > Longest)
        {
            return $"is longer than {Longest:#,0} characters";
        }

        return Words.Count > 0 && !Words.Contains(word, StringComparer.Ordinal)
            ? $"must be one of {string.Join(", ", Words)}, not {StatisticsInput.Shown(value)}"
            : Rule?.Invoke(word);
    }
}
