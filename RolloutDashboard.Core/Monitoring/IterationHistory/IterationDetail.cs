using RolloutDashboard.Core.Backtesting;
using RolloutDashboard.Core.Monitoring.MarketData;
using RolloutDashboard.Core.Strategies;

namespace RolloutDashboard.Core.Monitoring.IterationHistory;

/// <summary>Everything of one iteration.</summary>
/// <param name="HoldOutSharpe">Known for champions only.</param>
/// <param name="HoldOutFrom">First day that no feedback or gate sees.</param>
/// <param name="PreviousNumber">The neighbour in the same environment, or null.</param>
public sealed record IterationDetail(
    IterationRow Row,
    int ConfigurationVersion,
    string? PromptVersion,
    double Temperature,
    bool IsExploration,
    string MarketVersion,
    string EngineVersion,
    IReadOnlyList<GenerationAttempt> Attempts,
    string? Reasoning,
    string? ParametersJson,
    string? Code,
    string? Fingerprint,
    GenerationFailure? Failure,
    BacktestMetrics? Metrics,
    IReadOnlyList<EquityPoint> Equity,
    double? HoldOutSharpe,
    DateOnly? HoldOutFrom,
    IReadOnlyList<TimingPart> Timings,
    int CacheLookups,
    int CacheHits,
    long? PreviousNumber,
    long? NextNumber
)
{
    /// <summary>How it stands among the iterations of its arm; null for mutations and what has not ended.</summary>
    public ArmPlace? Place { get; init; }

    /// <summary>Why it was cancelled; null if it was not.</summary>
    public string? CancelledBecause { get; init; }

    /// <summary>What is said of the data behind its metrics; null where it reached none.</summary>
    public MarketDataView? MarketData { get; init; }
}
