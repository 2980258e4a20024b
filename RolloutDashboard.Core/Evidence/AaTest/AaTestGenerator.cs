using RolloutDashboard.Core.Market;
using RolloutDashboard.Core.Strategies;
using RolloutDashboard.Core.Strategies.Templates;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Evidence.AaTest;

/// <summary>
/// Stands for one mode and generates in another, so that both arms of a real run are the same: templates take turns by
/// number, and no arm sees what it did before.
/// </summary>
public sealed class AaTestGenerator(IStrategyGenerator inner, GenerationMode mode) : IStrategyGenerator
{
    public GenerationMode Mode => mode;

    public Task<GenerationOutcome> GenerateAsync(
        GenerationRequest request,
        MarketPanel market,
        CancellationToken cancellationToken
    )
    {
        var templates = TemplateLibrary.Available(market);
        var template = templates.Count == 0 ? null : templates[(int)(request.IterationNumber % templates.Count)];
        return inner.GenerateAsync(
            request with
            {
                Mode = inner.Mode,
                Template = template,
                Champion = null,
                Feedback = [],
            },
            market,
            cancellationToken
        );
    }
}
