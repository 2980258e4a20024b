using RolloutDashboard.Core.Backtesting;
using RolloutDashboard.Core.Llm.Answers;
using RolloutDashboard.Core.Market;
using RolloutDashboard.Core.Strategies.Templates;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Strategies;

/// <summary>Everything a generator may know; nothing of the hold-out, the other arm or another environment.</summary>
/// <param name="IterationNumber">Number in its environment; also seeds what varies from prompt to prompt.</param>
/// <param name="Seed">The rollout's salt and the environment.</param>
/// <param name="Template">The template asked for, in JSON mode; null in full-code mode.</param>
/// <param name="AvailableData">Fields of the current market.</param>
/// <param name="Champion">The arm's own champion, or null.</param>
/// <param name="Feedback">Latest outcomes of the arm itself, newest first.</param>
public sealed record GenerationRequest(
    long IterationNumber,
    string Seed,
    GenerationMode Mode,
    RequestSource Source,
    ITemplate? Template,
    IReadOnlyCollection<MarketField> AvailableData,
    double Temperature,
    bool IsExploration,
    ChampionBrief? Champion,
    IReadOnlyList<FeedbackEntry> Feedback)
{
    /// <summary>Whether indicators may come from the shared cache (template_cache_enabled).</summary>
    public bool UsesIndicatorCache { get; init; } = true;

    /// <summary>Whether it waits while no model or sandbox can be had; a fallback does not, since its iteration is decided already.</summary>
    public bool Waits { get; init; } = true;
}

/// <summary>The arm's champion as a prompt shows it: canonical parameters or code, with its visible metrics.</summary>
public sealed record ChampionBrief(string? TemplateName, string? ParametersJson, string? Code, double SharpeRatio, double? TotalReturn, double? MaxDrawdown);

/// <summary>What came of an earlier iteration of the same arm.</summary>
public sealed record FeedbackEntry(long IterationNumber, string? TemplateName, string? ParametersJson, SuccessLevel Level, double? SharpeRatio, double? TotalReturn, double? MaxDrawdown, string? Error);

/// <summary>Why no strategy came out; the signature is the same for the same cause.</summary>
/// <param name="Kind">One of <see cref="GenerationFailureKinds"/>.</param>
/// <param name="Signature">Normalised, without names, numbers and places.</param>
public sealed record GenerationFailure(string Kind, string Message, string Signature);

/// <summary>Kinds of failure, as stored and shown.</summary>
public static class GenerationFailureKinds
{
    public const string Provider = "provider";
    public const string NoJson = "no-json";
    public const string Invalid = "invalid-parameters";
    public const string NoCode = "no-code";
    public const string TooLarge = "too-large";
    public const string Syntax = "syntax";
    public const string Compile = "compile";
    public const string Forbidden = "forbidden";
    public const string Runtime = "runtime";
    public const string Timeout = "time-out";
    public const string Memory = "memory";
    public const string BadOutput = "bad-output";
    public const string NoPositions = "no-positions";
}

/// <summary>One question to a model and its answer.</summary>
public sealed record GenerationAttempt(int Number, string Prompt, string? Answer, IReadOnlyList<string> Errors, string? Provider, string? Model, long? InputTokens, long? OutputTokens, double? CostUsd, TimeSpan Latency, string? FinishReason)
{
    /// <summary>What went wrong before the answer came, in order; empty on records from before it was kept.</summary>
    public IReadOnlyList<string> Setbacks { get; init; } = [];

    /// <summary>Which part of the answer was judged; null where there was none, and on records from before it was kept.</summary>
    public TakenAnswer? Taken { get; init; }

    /// <summary>Whether the provider did not count the tokens, so that they are estimated from the length of the texts.</summary>
    public bool TokensAreEstimated { get; init; }

    /// <summary>How the model or its provider declined to answer; null where nobody did.</summary>
    public ModelRefusal? Refusal { get; init; }
}

/// <summary>What a generator brought: positions and how it came to them, or a failure.</summary>
public sealed record GenerationOutcome
{
    /// <summary>The prompt's version; a change starts a new segment.</summary>
    public required string PromptVersion { get; init; }

    public required IReadOnlyList<GenerationAttempt> Attempts { get; init; }

    /// <summary>Null when a strategy came out.</summary>
    public GenerationFailure? Failure { get; init; }

    public string? TemplateName { get; init; }

    /// <summary>Canonical parameters (JSON mode).</summary>
    public string? ParametersJson { get; init; }

    public string? Reasoning { get; init; }

    /// <summary>The program (full-code mode).</summary>
    public string? Code { get; init; }

    /// <summary>Hash that is equal for equal strategies: canonical parameters, or normalised program text.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>Positions over all days of the market that the generator was given.</summary>
    public PositionPlan? Plan { get; init; }

    /// <summary>Whether the answer repeats the example of its own prompt.</summary>
    public bool EchoesPrompt { get; init; }

    public int CacheLookups { get; init; }

    public int CacheHits { get; init; }

    /// <summary>Named parts of the elapsed time ("llm", "compile", "run", "plan").</summary>
    public IReadOnlyDictionary<string, TimeSpan> Timings { get; init; } = new Dictionary<string, TimeSpan>();
}

/// <summary>Makes a strategy in one mode.</summary>
public interface IStrategyGenerator
{
    GenerationMode Mode { get; }

    /// <summary>Never throws for what a model or its program does; that is an outcome with a failure.</summary>
    /// <exception cref="OperationCanceledException">The token fired.</exception>
    Task<GenerationOutcome> GenerateAsync(GenerationRequest request, MarketPanel market, CancellationToken cancellationToken);
}
