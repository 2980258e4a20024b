using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.AI;
using RolloutDashboard.Core.Llm;
using RolloutDashboard.Core.Market;
using RolloutDashboard.Core.Market.Indicators;
using RolloutDashboard.Core.Strategies.Templates;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Strategies.Json;

/// <summary>JSON mode: asks for a template's parameters, up to three times, each time with the errors of the
/// last.</summary>
/// <param name="wait">Null for who rather fails than waits.</param>
public sealed class JsonGenerator(
    IChatClient model,
    IIndicatorCache cache,
    TimeProvider time,
    IIterationWait? wait = null
) : IStrategyGenerator
{
    public const int Attempts = 3;

    public GenerationMode Mode => GenerationMode.Json;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The request names no template.</exception>
    /// <exception cref="GenerationUnavailableException">No model can be asked now, and the request does not
    /// wait.</exception>
    public async Task<GenerationOutcome> GenerateAsync(
        GenerationRequest request,
        MarketPanel market,
        CancellationToken cancellationToken
    )
    {
        var template = request.Template ?? throw new ArgumentException("JSON mode needs a template.", nameof(request));
        var example = Example(request, template);
        var attempts = new List<GenerationAttempt>();
        var asking = TimeSpan.Zero;
        RefusedAnswer? refused = null;
        GenerationFailure? failure = null;
        for (var number = 1; number <= Attempts; number++)
        {
            var prompt = JsonPrompt.Write(request, template, example, number, Attempts, refused);
            var answer = await AskAsync(request, template, prompt, cancellationToken).ConfigureAwait(false);
            asking += answer.Latency;
            var verdict = answer.Text is { } text ? JsonValidation.Judge(template, text) : ProviderFailed(answer);
            attempts.Add(Attempt.Of(number, JsonPrompt.System, prompt, answer, verdict.Errors, verdict.Taken));
            failure = verdict.Failure;
            if (verdict.Parameters is { } parameters)
            {
                return TemplatePlanning.Plan(
                    Answered(attempts, verdict.Reasoning, parameters, example),
                    template,
                    parameters,
                    IndicatorView.For(market, cache, request.UsesIndicatorCache),
                    asking,
                    time
                );
            }

            // What the provider could not answer it would hardly answer when told of it: ask the same again.
            refused = answer.Text is null ? refused : RefusedAnswer.Of(answer.Text, verdict.Said, verdict.Errors);
        }

        return GaveUp(attempts, template, failure, asking);
    }

    /// <summary>The example of an iteration's prompt: another point of the grid each time.</summary>
    public static TemplateParameters Example(GenerationRequest request, ITemplate template) =>
        GridPoints.Draw(
            template.Schema,
            new SeededChoices(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"example/{request.Seed}/{request.IterationNumber}/{template.Name}"
                )
            )
        );

    /// <summary>Equal for equal templates and parameters.</summary>
    public static string Fingerprint(string template, TemplateParameters parameters) =>
        Convert.ToHexStringLower(
            SHA256.HashData(Encoding.UTF8.GetBytes($"{template}\n{parameters.ToCanonicalJson()}"))
        );

    private Task<ModelAnswer> AskAsync(
        GenerationRequest request,
        ITemplate template,
        string prompt,
        CancellationToken cancellationToken
    ) =>
        QuestionInIteration.AskAsync(
            new RepeatedQuestion(model, JsonPrompt.System, prompt, Options(request, template), time),
            request.Waits ? wait : null,
            cancellationToken
        );

    private static GenerationOutcome Answered(
        IReadOnlyList<GenerationAttempt> attempts,
        string? reasoning,
        TemplateParameters parameters,
        TemplateParameters example
    ) =>
        new()
        {
            PromptVersion = JsonPrompt.Version,
            Attempts = attempts,
            Reasoning = reasoning,
            EchoesPrompt = parameters.ToCanonicalJson() == example.ToCanonicalJson(),
        };

    private static GenerationOutcome GaveUp(
        IReadOnlyList<GenerationAttempt> attempts,
        ITemplate template,
        GenerationFailure? failure,
        TimeSpan asking
    ) =>
        new()
        {
            PromptVersion = JsonPrompt.Version,
            Attempts = attempts,
            TemplateName = template.Name,
            Failure = failure,
            Timings = new Dictionary<string, TimeSpan> { ["llm"] = asking },
        };

    private static ChatOptions Options(GenerationRequest request, ITemplate template) =>
        new()
        {
            Temperature = (float)request.Temperature,
            ResponseFormat = ChatResponseFormat.ForJsonSchema(
                JsonPrompt.AnswerSchema(template),
                "strategy_parameters",
                "Reasoning, template and parameters."
            ),
        };

    private static JsonVerdict ProviderFailed(ModelAnswer answer) =>
        new(
            null,
            null,
            [answer.Error!],
            new GenerationFailure(GenerationFailureKinds.Provider, answer.Error!, GenerationFailureKinds.Provider)
        );
}
