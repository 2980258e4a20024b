using RolloutDashboard.Core.Backtesting.Positions;
using RolloutDashboard.Core.Market;
using RolloutDashboard.Core.Market.Indicators;
using RolloutDashboard.Core.Strategies.Templates;

namespace RolloutDashboard.Core.Strategies.Json;

/// <summary>Turns chosen parameters into positions, and a template that can't into a failure.</summary>
public static class TemplatePlanning
{
    /// <param name="outcome">What is known already: prompt version, attempts, reasoning.</param>
    /// <param name="asking">Time spent with the model.</param>
    public static GenerationOutcome Plan(
        GenerationOutcome outcome,
        ITemplate template,
        TemplateParameters parameters,
        IndicatorView indicators,
        TimeSpan asking,
        TimeProvider time
    )
    {
        var begun = time.GetTimestamp();
        outcome = outcome with
        {
            TemplateName = template.Name,
            ParametersJson = parameters.ToCanonicalJson(),
            Fingerprint = JsonGenerator.Fingerprint(template.Name, parameters),
        };
        try
        {
            outcome = WithPlan(outcome, template.Plan(indicators, parameters, indicators.Panel.DayCount));
        }
        catch (Exception exception)
            when (exception
                    is MissingMarketDataException
                        or ArgumentException
                        or InvalidOperationException
                        or ArithmeticException
                        or IndexOutOfRangeException
                        or KeyNotFoundException
            )
        {
            outcome = outcome with { Failure = RuntimeFailure(exception) };
        }

        return outcome with
        {
            CacheLookups = indicators.Lookups,
            CacheHits = indicators.Hits,
            Timings = new Dictionary<string, TimeSpan> { ["llm"] = asking, ["plan"] = time.GetElapsedTime(begun) },
        };
    }

    private static GenerationOutcome WithPlan(GenerationOutcome outcome, PositionPlan plan) =>
        plan.Rebalances.Any(rebalance => rebalance.Picks.Length > 0)
            ? outcome with
            {
                Plan = plan,
            }
            : outcome with
            {
                Failure = new GenerationFailure(
                    GenerationFailureKinds.NoPositions,
                    "The parameters pick no stock on any day.",
                    GenerationFailureKinds.NoPositions
                ),
            };

    private static GenerationFailure RuntimeFailure(Exception exception) =>
        new(
            GenerationFailureKinds.Runtime,
            exception.Message,
            $"{GenerationFailureKinds.Runtime}: {exception.GetType().Name}"
        );
}
