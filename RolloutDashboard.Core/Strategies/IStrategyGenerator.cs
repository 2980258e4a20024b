using RolloutDashboard.Core.Market;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Strategies;

/// <summary>Makes a strategy in one mode.</summary>
public interface IStrategyGenerator
{
    GenerationMode Mode { get; }

    /// <summary>Never throws for what a model or its program does; that is an outcome with a failure.</summary>
    /// <exception cref="OperationCanceledException">The token fired.</exception>
    Task<GenerationOutcome> GenerateAsync(
        GenerationRequest request,
        MarketPanel market,
        CancellationToken cancellationToken
    );
}
