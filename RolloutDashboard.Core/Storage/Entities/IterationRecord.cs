using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Storage.Entities;

/// <summary>One iteration. The row exists from the claim on; null metrics mean "not measured".</summary>
public sealed class IterationRecord
{
    public long Id { get; set; }

    public int RolloutId { get; set; }

    public RolloutEnvironment Environment { get; set; }

    /// <summary>1, 2, 3 ... in its environment, without gaps.</summary>
    public long Number { get; set; }

    public Stage Stage { get; set; }

    public int Attempt { get; set; }

    public int ConfigurationNumber { get; set; }

    /// <summary>Equal for iterations that may be pooled: share, prompts, market data and engine (all by configuration), provider and model.</summary>
    public string Segment { get; set; } = "";

    public IterationKind Kind { get; set; }

    public RequestSource Source { get; set; }

    /// <summary>What the rollout decided.</summary>
    public GenerationMode AssignedMode { get; set; }

    /// <summary>What really produced the strategy; null until that is known.</summary>
    public GenerationMode? EffectiveMode { get; set; }

    /// <summary>Which rule assigned the mode.</summary>
    public AssignmentRule AssignmentRule { get; set; }

    /// <summary>The rule in words, for people: "share 0.5, block 3, slot 7 of Freeform".</summary>
    public required string AssignmentReason { get; set; }

    public IterationStatus Status { get; set; }

    public SuccessLevel? Level { get; set; }

    /// <summary>Who or what ended a cancelled iteration; null for all others.</summary>
    public CancellationReason? Cancellation { get; set; }

    public DateTimeOffset ClaimedAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>The process that claimed it.</summary>
    public long SessionId { get; set; }

    public bool IsExploration { get; set; }

    public string? PromptVersion { get; set; }

    public string? Provider { get; set; }

    public string? Model { get; set; }

    public string? MarketDataVersion { get; set; }

    public string? EngineVersion { get; set; }

    public string? MetricBasis { get; set; }

    public string? TemplateName { get; set; }

    /// <summary>Canonical parameters of a template strategy.</summary>
    public string? ParametersJson { get; set; }

    /// <summary>Equal for equal strategies.</summary>
    public string? Fingerprint { get; set; }

    public double? SharpeRatio { get; set; }

    public double? TotalReturn { get; set; }

    public double? AnnualReturn { get; set; }

    public double? MaxDrawdown { get; set; }

    public double? CalmarRatio { get; set; }

    public double? SortinoRatio { get; set; }

    public double? DayWinRate { get; set; }

    public double? TradeWinRate { get; set; }

    public double? Volatility { get; set; }

    public double? Turnover { get; set; }

    public double? Exposure { get; set; }

    public int? Trades { get; set; }

    public string? FailureKind { get; set; }

    public string? FailureMessage { get; set; }

    /// <summary>Equal for failures of the same cause.</summary>
    public string? FailureSignature { get; set; }

    public int Attempts { get; set; }

    public long? InputTokens { get; set; }

    public long? OutputTokens { get; set; }

    /// <summary>Whether a part of the tokens, and with them of the cost, is estimated from the length of the texts.</summary>
    public bool TokensAreEstimated { get; set; }

    /// <summary>US dollars; null when the price is unknown.</summary>
    public double? CostUsd { get; set; }

    public double LlmMilliseconds { get; set; }

    public double BacktestMilliseconds { get; set; }

    public double TotalMilliseconds { get; set; }

    public int CacheLookups { get; set; }

    public int CacheHits { get; set; }

    public bool EchoesPrompt { get; set; }

    public bool ChampionUpdated { get; set; }

    /// <summary>Number of the champion iteration that the prompt showed, if any.</summary>
    public long? ShownChampion { get; set; }

    /// <summary>What the prompts, answers, program and equity were.</summary>
    public IterationDetail? Detail { get; set; }
}

/// <summary>The bulky part of an iteration, read only when somebody looks at it.</summary>
public sealed class IterationDetail
{
    public long IterationId { get; set; }

    /// <summary>Prompts, answers and errors of each attempt, as JSON.</summary>
    public required string AttemptsJson { get; set; }

    public string? Reasoning { get; set; }

    public string? Code { get; set; }

    /// <summary>Equity of the visible days as little-endian singles.</summary>
    public byte[]? Equity { get; set; }

    /// <summary>Milliseconds by part, as JSON.</summary>
    public required string TimingsJson { get; set; }
}

/// <summary>Counts and sums of one arm over some time; kept in the iteration's own transaction and rebuildable.</summary>
public abstract class RollupCounts
{
    public int RolloutId { get; set; }

    public RolloutEnvironment Environment { get; set; }

    public Stage Stage { get; set; }

    public int Attempt { get; set; }

    public GenerationMode Mode { get; set; }

    public int Level0 { get; set; }

    public int Level1 { get; set; }

    public int Level2 { get; set; }

    public int Level3 { get; set; }

    /// <summary>Lost ones; they are in Level0 too.</summary>
    public int Lost { get; set; }

    public int Cancelled { get; set; }

    public int SharpeCount { get; set; }

    public double SharpeSum { get; set; }

    public int CacheLookups { get; set; }

    public int CacheHits { get; set; }

    public double Milliseconds { get; set; }
}

/// <summary>One minute.</summary>
public sealed class RollupBucket : RollupCounts
{
    /// <summary>Start of the minute in which the iterations ended.</summary>
    public DateTimeOffset Minute { get; set; }
}

/// <summary>One hour: at a few iterations a minute, minutes are hardly fewer than iterations, so months are read by hours.</summary>
public sealed class HourBucket : RollupCounts
{
    /// <summary>Start of the hour in which the iterations ended.</summary>
    public DateTimeOffset Hour { get; set; }
}

/// <summary>Whose champion it is.</summary>
public enum ChampionScope
{
    /// <summary>Of the whole rollout.</summary>
    Overall = 0,

    /// <summary>Of the JSON arm; the only one its prompts see.</summary>
    Json = 1,

    /// <summary>Of the full-code arm; likewise.</summary>
    FullCode = 2,
}

/// <summary>A champion, from its crowning on; the latest of a scope reigns.</summary>
public sealed class Champion
{
    public long Id { get; set; }

    public int RolloutId { get; set; }

    public RolloutEnvironment Environment { get; set; }

    public ChampionScope Scope { get; set; }

    public long IterationId { get; set; }

    public long IterationNumber { get; set; }

    public GenerationMode Mode { get; set; }

    public string? TemplateName { get; set; }

    public string? ParametersJson { get; set; }

    public double SharpeRatio { get; set; }

    public double? CalmarRatio { get; set; }

    public double? MaxDrawdown { get; set; }

    public double? TotalReturn { get; set; }

    /// <summary>On the days nobody chose by.</summary>
    public double? HoldOutSharpe { get; set; }

    /// <summary>Probability that the true Sharpe is above 0, given how many were tried.</summary>
    public double? DeflatedSharpe { get; set; }

    /// <summary>Strategies tried in both modes up to then.</summary>
    public int Trials { get; set; }

    public DateTimeOffset CrownedAt { get; set; }
}
