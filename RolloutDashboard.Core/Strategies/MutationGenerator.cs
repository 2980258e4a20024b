using System.Globalization;
using System.Text.Json;
using RolloutDashboard.Core.Llm;
using RolloutDashboard.Core.Market;
using RolloutDashboard.Core.Market.Indicators;
using RolloutDashboard.Core.Strategies.Json;
using RolloutDashboard.Core.Strategies.Templates;

namespace RolloutDashboard.Core.Strategies;

/// <summary>
/// Iterations that no model makes (innovation_rate below 100): steps from the best known parameters of a template.
/// They belong to no arm, share or gate.
/// </summary>
public sealed class MutationGenerator(IIndicatorCache cache, TimeProvider time)
{
    /// <summary>Stands where a prompt's version would.</summary>
    public const string Version = "mutation-1";

    /// <summary>Mutates the champion of this template, else its best feedback, else its defaults.</summary>
    /// <exception cref="ArgumentException">The request names no template.</exception>
    /// <exception cref="OperationCanceledException">The token fired.</exception>
    public GenerationOutcome Generate(
        GenerationRequest request,
        MarketPanel market,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        var template = request.Template ?? throw new ArgumentException("A mutation needs a template.", nameof(request));
        var choices = new SeededChoices(
            string.Create(
                CultureInfo.InvariantCulture,
                $"mutation/{request.Seed}/{request.IterationNumber}/{template.Name}"
            )
        );
        var (from, name) = Best(request, template);
        var parameters = GridPoints.Mutate(template.Schema, from, choices);
        var outcome = new GenerationOutcome
        {
            PromptVersion = Version,
            Attempts = [],
            Reasoning = $"Mutation of the {name}, without a model.",
        };
        return TemplatePlanning.Plan(
            outcome,
            template,
            parameters,
            IndicatorView.For(market, cache, request.UsesIndicatorCache),
            TimeSpan.Zero,
            time
        );
    }

    private static (TemplateParameters Parameters, string Name) Best(GenerationRequest request, ITemplate template)
    {
        if (
            request.Champion is { } champion
            && champion.TemplateName == template.Name
            && Read(template, champion.ParametersJson) is { } parameters
        )
        {
            return (parameters, "champion");
        }

        var best = request
            .Feedback.Where(entry =>
                entry.TemplateName == template.Name && entry.SharpeRatio is { } sharpe && double.IsFinite(sharpe)
            )
            .OrderByDescending(entry => entry.SharpeRatio)
            .Select(entry => Read(template, entry.ParametersJson))
            .FirstOrDefault(found => found is not null);
        return best is not null ? (best, "best recent parameters") : (template.Schema.Defaults(), "defaults");
    }

    private static TemplateParameters? Read(ITemplate template, string? json)
    {
        try
        {
            return json is null
                ? null
                : TemplateValidation.Validate(template, JsonSerializer.Deserialize<JsonElement>(json)).Parameters;
        }
        catch (JsonException)
        {
            // Parameters from an older grid or another notation: there is nothing to mutate in them.
            return null;
        }
    }
}
