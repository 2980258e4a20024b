using RolloutDashboard.Core.Backtesting.Positions;

namespace RolloutDashboard.Core.Strategies;

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
