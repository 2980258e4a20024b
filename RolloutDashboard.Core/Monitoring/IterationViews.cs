using RolloutDashboard.Core.Backtesting;
using RolloutDashboard.Core.Strategies;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Monitoring;

/// <summary>Which iterations a list shows; null means all.</summary>
/// <param name="Mode">The assigned mode.</param>
/// <param name="Page">From 1.</param>
public sealed record IterationFilter(RolloutEnvironment Environment, GenerationMode? Mode, SuccessLevel? Level, IterationStatus? Status, Stage? Stage, int Page)
{
    public const int PageSize = 50;
}

/// <summary>One iteration in a list.</summary>
/// <param name="Level">Null unless finished or lost.</param>
/// <param name="Error">The failure's message, shortened for a list.</param>
public sealed record IterationRow(
    long Number,
    RolloutEnvironment Environment,
    DateTimeOffset StartedAt,
    TimeSpan? Duration,
    IterationStatus Status,
    IterationKind Kind,
    RequestSource Source,
    Stage Stage,
    int Attempt,
    GenerationMode AssignedMode,
    GenerationMode? EffectiveMode,
    SuccessLevel? Level,
    string? TemplateName,
    double? SharpeRatio,
    double? TotalReturn,
    double? MaxDrawdown,
    bool IsChampion,
    string? Error);

/// <summary>One page of the list, newest first.</summary>
/// <param name="Total">Iterations that the filter finds, over all pages.</param>
public sealed record IterationSlice(IReadOnlyList<IterationRow> Rows, long Total);

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
    long? NextNumber)
{
    /// <summary>How it stands among the iterations of its arm; null for mutations and what has not ended.</summary>
    public ArmPlace? Place { get; init; }

    /// <summary>Why it was cancelled; null if it was not.</summary>
    public string? CancelledBecause { get; init; }

    /// <summary>What is said of the data behind its metrics; null where it reached none.</summary>
    public MarketDataView? MarketData { get; init; }
}

/// <summary>An iteration among the ended ones of its stage, attempt and assigned mode.</summary>
/// <param name="N">Iterations that count, itself included.</param>
/// <param name="Successes">Of level 3 among them.</param>
/// <param name="Better">How many have a higher Sharpe; null where it has none.</param>
/// <param name="SameStrategy">How many others have its fingerprint.</param>
/// <param name="FirstWithIt">Number of the first with that fingerprint; only that one counts as proof.</param>
public sealed record ArmPlace(int N, int Successes, int? Better, int SameStrategy, long? FirstWithIt);

/// <param name="Equity">1 at the start.</param>
/// <param name="Market">The equally weighted market on the same scale; null where unknown.</param>
public readonly record struct EquityPoint(DateOnly Day, double Equity, double? Market);

/// <summary>A named part of an iteration's time, in the order in which it ran.</summary>
public sealed record TimingPart(string Name, TimeSpan Duration);

/// <summary>Reads iterations for pages.</summary>
public interface IIterationQueries
{
    Task<IterationSlice> PageAsync(IterationFilter filter, CancellationToken cancellationToken);

    /// <summary>Null when that environment has no such number.</summary>
    Task<IterationDetail?> FindAsync(RolloutEnvironment environment, long number, CancellationToken cancellationToken);
}
