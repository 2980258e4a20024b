using RolloutDashboard.Core.Llm.Answers;

namespace RolloutDashboard.Core.Llm;

/// <summary>What came of one question to a model.</summary>
/// <param name="Text">Null when there is an error.</param>
/// <param name="CostUsd">Null if the price or the number of tokens is unknown; 0 only for what is free.</param>
/// <param name="Error">The provider's fault in one cleaned line.</param>
public sealed record ModelAnswer(
    string? Text,
    string? Provider,
    string? Model,
    long? InputTokens,
    long? OutputTokens,
    double? CostUsd,
    TimeSpan Latency,
    string? FinishReason,
    string? Error
)
{
    /// <summary>What went wrong before this came: tries that were made again, providers that failed or were passed
    /// over. Cleaned of keys.</summary>
    public IReadOnlyList<string> Setbacks { get; init; } = [];

    /// <summary>Whether the tokens are estimated from the length of the texts, since the provider did not count
    /// them.</summary>
    public bool TokensAreEstimated { get; init; }

    /// <summary>How model or provider declined to answer; null where nobody did. Text may stand beside it.</summary>
    public ModelRefusal? Refusal { get; init; }
}
