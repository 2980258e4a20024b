using System.Text.Json;
using System.Text.Json.Nodes;
using RolloutDashboard.Core.Llm;

namespace RolloutDashboard.Core.Strategies.Json;

/// <summary>Champion and earlier outcomes as a prompt shows them: one JSON object per line, texts of others cut and
/// escaped.</summary>
public static class FeedbackLines
{
    private const int LongestError = 200;

    public static string Of(ChampionBrief champion)
    {
        var line = new JsonObject();
        Add(line, champion.TemplateName, champion.ParametersJson);
        AddMetrics(line, champion.SharpeRatio, champion.TotalReturn, champion.MaxDrawdown);
        return line.ToJsonString();
    }

    public static string Of(IEnumerable<FeedbackEntry> entries) => string.Join('\n', entries.Select(Of));

    private static string Of(FeedbackEntry entry)
    {
        var line = new JsonObject { ["iteration"] = entry.IterationNumber };
        Add(line, entry.TemplateName, entry.ParametersJson);
        line["level"] = (int)entry.Level;
        AddMetrics(line, entry.SharpeRatio, entry.TotalReturn, entry.MaxDrawdown);
        if (entry.Error is { } error)
        {
            line["error"] = PromptSections.Cut(error, LongestError);
        }

        return line.ToJsonString();
    }

    private static void Add(JsonObject line, string? template, string? parametersJson)
    {
        if (template is not null)
        {
            line["template"] = template;
        }

        if (parametersJson is not null && Parse(parametersJson) is { } parameters)
        {
            line["params"] = parameters;
        }
    }

    private static void AddMetrics(JsonObject line, double? sharpe, double? totalReturn, double? maxDrawdown)
    {
        foreach (
            var (name, value) in new[]
            {
                ("sharpe", sharpe),
                ("total_return", totalReturn),
                ("max_drawdown", maxDrawdown),
            }
        )
        {
            if (value is { } number && double.IsFinite(number))
            {
                line[name] = Math.Round(number, 4);
            }
        }
    }

    private static JsonNode? Parse(string json)
    {
        try
        {
            return JsonNode.Parse(json);
        }
        catch (JsonException)
        {
            // A record from elsewhere may hold other text; the outcome is still worth showing.
            return null;
        }
    }
}
