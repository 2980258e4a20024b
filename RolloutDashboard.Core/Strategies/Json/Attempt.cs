using RolloutDashboard.Core.Llm;
using RolloutDashboard.Core.Llm.Answers;

namespace RolloutDashboard.Core.Strategies.Json;

/// <summary>Makes the record of one question, with all that was asked.</summary>
public static class Attempt
{
    public static GenerationAttempt Of(int number, string system, string prompt, ModelAnswer answer, IReadOnlyList<string> errors, TakenAnswer? taken = null) => new(
        number,
        $"{system}\n\n{prompt}",
        answer.Text,
        errors,
        answer.Provider,
        answer.Model,
        answer.InputTokens,
        answer.OutputTokens,
        answer.CostUsd,
        answer.Latency,
        answer.FinishReason)
    {
        Setbacks = answer.Setbacks,
        Taken = taken,
        TokensAreEstimated = answer.TokensAreEstimated,
        Refusal = answer.Refusal,
    };
}
