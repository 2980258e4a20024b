using RolloutDashboard.Core.Market;
using RolloutDashboard.Core.Strategies;
using RolloutDashboard.Core.Strategies.Templates;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Iterations;

/// <summary>Makes a claimed iteration's strategy: of a model in one of the modes, or by mutation.</summary>
public sealed class GenerateStrategy(
    IEnumerable<IStrategyGenerator> generators,
    MutationGenerator mutationGenerator,
    ReadArmMemory readArmMemory,
    IterationWait wait
)
{
    private readonly Dictionary<GenerationMode, IStrategyGenerator> _generators = generators.ToDictionary(generator =>
        generator.Mode
    );

    /// <summary>Whether a failure is of what may pass by itself, such as a provider that is down.</summary>
    public bool IsPassing(Exception exception) => wait.Of(exception) is not null;

    /// <summary>Asks the generator of a mode, which is shown the memory of its lineage.</summary>
    /// <param name="waits">Whether what may pass by itself is waited for.</param>
    /// <returns>What was made, and the champion that was shown; null for none.</returns>
    public async Task<(GenerationOutcome Outcome, long? ShownChampion)> ExecuteAsync(
        ClaimedIteration claim,
        GenerationMode mode,
        MarketPanel market,
        bool waits,
        CancellationToken cancellationToken
    )
    {
        var template = mode == GenerationMode.Json ? TemplateFor(claim, market) : null;
        var memory = waits
            ? await wait.UntilDoneAsync(
                    token => readArmMemory.ExecuteAsync(claim, mode, template?.Name, token),
                    cancellationToken
                )
                .ConfigureAwait(false)
            : await readArmMemory.ExecuteAsync(claim, mode, template?.Name, cancellationToken).ConfigureAwait(false);
        var request = RequestOf(claim, mode, template, market, memory) with { Waits = waits };
        return (
            await _generators[mode].GenerateAsync(request, market, cancellationToken).ConfigureAwait(false),
            memory.Champion is null ? null : memory.ChampionNumber
        );
    }

    /// <summary>Changes the parameters of a champion. No model is asked, and the parameters it starts from are the best
    /// of all arms: it belongs to none.</summary>
    /// <returns>What was made, and the iteration whose parameters were changed.</returns>
    public async Task<(GenerationOutcome Outcome, long? Parent)> MutateAsync(
        ClaimedIteration claim,
        MarketPanel market,
        CancellationToken cancellationToken
    )
    {
        var template = TemplateFor(claim, market);
        var memory = await wait.UntilDoneAsync(
                token => readArmMemory.ExecuteAsync(claim, GenerationMode.Json, template.Name, token),
                cancellationToken
            )
            .ConfigureAwait(false);
        var request = RequestOf(claim, GenerationMode.Json, template, market, memory);
        return (mutationGenerator.Generate(request, market, cancellationToken), memory.ChampionNumber);
    }

    private static GenerationRequest RequestOf(
        ClaimedIteration claim,
        GenerationMode mode,
        ITemplate? template,
        MarketPanel market,
        ArmMemory memory
    ) =>
        new(
            claim.Number,
            claim.Seed,
            mode,
            claim.Source,
            template,
            market.Fields,
            claim.Temperature,
            claim.IsExploration,
            memory.Champion,
            memory.Feedback
        )
        {
            UsesIndicatorCache = claim.TemplateCacheEnabled,
        };

    // The templates that the market can feed take turns.
    private static ITemplate TemplateFor(ClaimedIteration claim, MarketPanel market)
    {
        var available = TemplateLibrary.Available(market);
        return available.Count > 0
            ? available[(int)(claim.Number % available.Count)]
            : throw new InvalidOperationException(
                "No template of the library can run on this market; it needs at least closing prices."
            );
    }
}
