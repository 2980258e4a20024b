using RolloutDashboard.Core.Market;
using RolloutDashboard.Core.Strategies;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Evidence.SameMode;

/// <summary>Stands for one mode and generates in the other, so that both arms of a real run are the same.</summary>
public sealed class SameModeGenerator(IStrategyGenerator inner, GenerationMode mode) : IStrategyGenerator
{
    public GenerationMode Mode => mode;

    public Task<GenerationOutcome> GenerateAsync(GenerationRequest request, MarketPanel market, CancellationToken cancellationToken) => inner.GenerateAsync(request, market, cancellationToken);
}
