using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace RolloutDashboard.Core.Llm.Offline;

/// <summary>What a parameter prompt tells: grids, rules, what worked, what was tried.</summary>
/// <param name="Grids">Allowed values per parameter, in the schema's order.</param>
/// <param name="Best">The champion, else the best of the feedback; null if there is none for this template.</param>
/// <param name="Tried">Points not worth repeating: earlier ones, the champion and the example.</param>
public sealed partial record ParameterPrompt(
    string Template,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Grids,
    IReadOnlyList<(string Left, string Comparison, string Right)> Rules,
    KnownPoint? Best,
    IReadOnlySet<GridPoint> Tried,
    bool Explore
)
{
    public static ParameterPrompt Read(string prompt, string schemaText)
    {
        var schema = JsonNode.Parse(schemaText)!;
        var grids = schema["properties"]!
            .AsObject()
            .ToDictionary(
                property => property.Key,
                property =>
                    (IReadOnlyList<string>)
                        [.. property.Value!["enum"]!.AsArray().Select(value => value!.ToJsonString())]
            );
        var template = schema["title"]?.GetValue<string>() ?? "";
        var known = Known(prompt, template, grids);
        var tried = known
            .Select(point => point.Point)
            .Append(Point(Parse(PromptSections.Read(prompt, PromptSections.Example)), grids))
            .OfType<GridPoint>()
            .ToHashSet();
        return new ParameterPrompt(
            template,
            grids,
            [
                .. Rule()
                    .Matches(PromptSections.Read(prompt, PromptSections.Rules) ?? "")
                    .Select(match => (match.Groups[1].Value, match.Groups[2].Value, match.Groups[3].Value))
                    .Where(rule => grids.ContainsKey(rule.Item1) && grids.ContainsKey(rule.Item3)),
            ],
            known
                .Where(point => double.IsFinite(point.Sharpe))
                .OrderByDescending(point => point.IsChampion)
                .ThenByDescending(point => point.Sharpe)
                .FirstOrDefault(),
            tried,
            Explore: PromptSections
                .Read(prompt, PromptSections.Run)
                ?.Contains("exploration: yes", StringComparison.Ordinal)
                ?? false
        );
    }

    public bool Fits(GridPoint point) =>
        Rules.All(rule =>
        {
            var (left, right) = (Number(point.Values[rule.Left]), Number(point.Values[rule.Right]));
            return rule.Comparison switch
            {
                "<=" => left <= right,
                "<" => left < right,
                ">=" => left >= right,
                _ => left > right,
            };
        });

    private static List<KnownPoint> Known(
        string prompt,
        string template,
        IReadOnlyDictionary<string, IReadOnlyList<string>> grids
    )
    {
        var known = new List<KnownPoint>();
        var champion = Parse(PromptSections.Read(prompt, PromptSections.Champion));
        var lines = (PromptSections.Read(prompt, PromptSections.Feedback) ?? "").Split('\n').Select(Parse);
        foreach (var node in lines.Prepend(champion))
        {
            if (node?["template"]?.GetValue<string>() == template && Point(node, grids) is { } point)
            {
                known.Add(
                    new KnownPoint(
                        point,
                        node["sharpe"]?.GetValue<double>() ?? double.NaN,
                        IsChampion: ReferenceEquals(node, champion)
                    )
                );
            }
        }

        return known;
    }

    private static GridPoint? Point(JsonNode? node, IReadOnlyDictionary<string, IReadOnlyList<string>> grids)
    {
        if (node?["params"] is not JsonObject parameters || !grids.Keys.All(parameters.ContainsKey))
        {
            return null;
        }

        return new GridPoint(grids.Keys.ToDictionary(name => name, name => parameters[name]?.ToJsonString() ?? "null"));
    }

    private static JsonNode? Parse(string? text)
    {
        try
        {
            return string.IsNullOrWhiteSpace(text) ? null : JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static double Number(string json) =>
        double.TryParse(json, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : double.NaN;

    [GeneratedRegex(@"(\w+)\s*(<=|>=|<|>)\s*(\w+)", RegexOptions.CultureInvariant)]
    private static partial Regex Rule();
}
