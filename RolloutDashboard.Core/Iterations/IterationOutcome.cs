using RolloutDashboard.Core.Strategies;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Iterations;

/// <summary>What a pipeline hands to the record.</summary>
/// <param name="EffectiveMode">What really produced the strategy.</param>
/// <param name="Visible">Measured on the days before the hold-out; null when there is nothing to measure.</param>
public sealed record IterationOutcome(
    GenerationOutcome Generation,
    GenerationMode EffectiveMode,
    IReadOnlyList<GenerationAttempt> Attempts,
    Backtesting.BacktestResult? Visible,
    SuccessLevel Level,
    GenerationFailure? Failure,
    long? ShownChampion,
    string MarketDataVersion,
    string MetricBasis,
    double BacktestMilliseconds,
    double TotalMilliseconds
)
{
    /// <summary>The failure of the assigned mode, where another mode was asked afterwards: it stands whatever becomes
    /// of that.</summary>
    public IterationOutcome? Decided { get; init; }
}
