using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Storage.Entities.Evidence;

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

    /// <summary>Equal for iterations that may be pooled: share, prompts, market data and engine (all by configuration),
    /// provider and model.</summary>
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

    /// <summary>The lineage that it belongs to; null for mutations and for what a restore lost.</summary>
    public long? LineageId { get; set; }

    /// <summary>Its place in the lineage, from 1; kept whatever became of it. Null without a lineage.</summary>
    public int? LineagePosition { get; set; }

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

    /// <summary>Whether a part of the tokens, and with them of the cost, is estimated from the length of the
    /// texts.</summary>
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
