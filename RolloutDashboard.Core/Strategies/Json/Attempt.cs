using RolloutDashboard.Core.Llm;
using RolloutDashboard.Core.Llm.Answers;

namespace RolloutDashboard.Core.Strategies.Json;

/// <summary>Makes the record of one question, with all that was asked, within the bounds of
/// <see cref="RecordedText"/>.</summary>
public static class Attempt
{
    public static GenerationAttempt Of(
        int number,
        string system,
        string prompt,
        ModelAnswer answer,
        IReadOnlyList<string> errors,
        TakenAnswer? taken = null
    ) =>
        new(
            number,
            RecordedText.Cut($"{system}\n\n{prompt}", RecordedText.LongestPrompt),
            RecordedText.CutIfAny(answer.Text, RecordedText.LongestAnswer),
            RecordedText.Lines(errors, RecordedText.MostErrors),
            RecordedText.CutIfAny(answer.Provider, RecordedText.LongestName),
            RecordedText.CutIfAny(answer.Model, RecordedText.LongestName),
            answer.InputTokens,
            answer.OutputTokens,
            answer.CostUsd,
            answer.Latency,
            RecordedText.CutIfAny(answer.FinishReason, RecordedText.LongestName)
        )
        {
            Setbacks = RecordedText.Lines(answer.Setbacks, RecordedText.MostSetbacks),
            Taken = taken,
            TokensAreEstimated = answer.TokensAreEstimated,
            Refusal = answer.Refusal,
        };
}
