using RolloutDashboard.Core.Llm.Answers;

namespace RolloutDashboard.Core.Strategies;

/// <summary>One question to a model and its answer.</summary>
public sealed record GenerationAttempt(
    int Number,
    string Prompt,
    string? Answer,
    IReadOnlyList<string> Errors,
    string? Provider,
    string? Model,
    long? InputTokens,
    long? OutputTokens,
    double? CostUsd,
    TimeSpan Latency,
    string? FinishReason
)
{
    /// <summary>What went wrong before the answer came, in order; empty on records from before it was kept.</summary>
    public IReadOnlyList<string> Setbacks { get; init; } = [];

    /// <summary>Which part of the answer was judged; null where there was none, and on records from before it was
    /// kept.</summary>
    public TakenAnswer? Taken { get; init; }

    /// <summary>Whether the provider did not count the tokens, so that they are estimated from the length of the
    /// texts.</summary>
    public bool TokensAreEstimated { get; init; }

    /// <summary>How the model or its provider declined to answer; null where nobody did.</summary>
    public ModelRefusal? Refusal { get; init; }
}
