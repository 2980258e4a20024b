using System.Text.Json;
using RolloutDashboard.Core.Llm;
using RolloutDashboard.Core.Strategies.Templates;

namespace RolloutDashboard.Core.Strategies.Json;

/// <summary>Judges an answer of JSON mode: form, template, reasoning, parameters.</summary>
public static class JsonValidation
{
    public static JsonVerdict Judge(ITemplate template, string answer)
    {
        var extracted = JsonAnswer.Extract(answer);
        return Judge(template, extracted) with { Taken = extracted.Taken, Said = extracted.Said };
    }

    private static JsonVerdict Judge(ITemplate template, JsonAnswer extracted)
    {
        if (extracted.Json is not { } json)
        {
            return WithoutJson(extracted);
        }

        var errors = new List<ParameterError>();
        var reasoning = Reasoning(json, errors);
        if (Text(json, "template") != template.Name)
        {
            errors.Add(
                new ParameterError(
                    "template",
                    Given(json, "template"),
                    $"\"{template.Name}\"",
                    $"Write \"{template.Name}\"."
                )
            );
        }

        json.TryGetProperty("params", out var given);
        var (parameters, parameterErrors) = TemplateValidation.Validate(template, given);
        errors.AddRange(parameterErrors);
        return errors.Count == 0 ? new JsonVerdict(parameters, reasoning, [], null) : Invalid(reasoning, errors);
    }

    private static JsonVerdict WithoutJson(JsonAnswer extracted)
    {
        var failure = new GenerationFailure(
            GenerationFailureKinds.NoJson,
            extracted.Error!,
            $"{GenerationFailureKinds.NoJson}: {extracted.Cause}"
        );
        return new JsonVerdict(null, null, [extracted.Error!], failure);
    }

    private static JsonVerdict Invalid(string? reasoning, List<ParameterError> errors)
    {
        var paths = string.Join(", ", errors.Select(error => error.Path).Distinct().Order(StringComparer.Ordinal));
        string[] lines = [.. errors.Select(error => error.ToString())];
        return new JsonVerdict(
            null,
            reasoning,
            lines,
            new GenerationFailure(
                GenerationFailureKinds.Invalid,
                PromptSections.Cut(string.Join(" | ", lines), 1_000),
                PromptSections.Cut($"{GenerationFailureKinds.Invalid}: {paths}", 200)
            )
        );
    }

    private static string? Reasoning(JsonElement json, List<ParameterError> errors)
    {
        var reasoning = Text(json, "reasoning")?.Trim();
        var allowed = $"text of {JsonPrompt.ShortestReasoning} to {JsonPrompt.LongestReasoning} characters";
        if (reasoning is null)
        {
            errors.Add(
                new ParameterError("reasoning", Given(json, "reasoning"), allowed, "Say why you choose these values.")
            );
        }
        else if (reasoning.Length is < JsonPrompt.ShortestReasoning or > JsonPrompt.LongestReasoning)
        {
            errors.Add(
                new ParameterError(
                    "reasoning",
                    $"{reasoning.Length} characters",
                    allowed,
                    reasoning.Length < JsonPrompt.ShortestReasoning ? "Say more." : "Say it shorter."
                )
            );
        }

        return reasoning is null ? null : PromptSections.Cut(reasoning, 2 * JsonPrompt.LongestReasoning);
    }

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string Given(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) ? PromptSections.Cut(value.GetRawText(), 60) : "nothing";
}
