using System.Globalization;
using RolloutDashboard.Components.Formatting;
using RolloutDashboard.Core.Llm.Answers;
using RolloutDashboard.Core.Strategies;
using RolloutDashboard.Core.Vocabulary.Figures;

namespace RolloutDashboard.Components.Iterations;

/// <summary>What the page of an iteration says of one question to a model.</summary>
public static class AttemptFormatter
{
    /// <summary>Who was asked, how long it took, what it cost and why it ended.</summary>
    public static string Summary(GenerationAttempt attempt) =>
        $"{attempt.Provider ?? "no provider"}{(attempt.Model is { } model ? $", {model}" : "")}"
        + $" · {AgeFormatter.Precise(attempt.Latency)} · {Tokens(attempt)} · {Cost(attempt)}"
        + (attempt.FinishReason is { } reason ? $" · ended by \"{reason}\"" : "");

    /// <summary>Tokens in and out, and whether they are estimated.</summary>
    public static string Tokens(GenerationAttempt attempt) =>
        attempt is { InputTokens: { } input, OutputTokens: { } output }
            ? $"{(attempt.TokensAreEstimated ? "about " : "")}{Whole(input)} + {Whole(output)} tokens{(attempt.TokensAreEstimated ? ", estimated from length" : "")}"
            : "tokens unknown";

    /// <summary>The cost, and whether it rests on estimated tokens.</summary>
    public static string Cost(GenerationAttempt attempt) =>
        attempt.CostUsd is { } cost
            ? $"{(attempt.TokensAreEstimated ? "about " : "")}{FigureFormatter.Number(cost, 4)} USD"
            : "cost unknown";

    /// <summary>Who declined, as a heading.</summary>
    public static string Who(RefusalKind kind) =>
        kind switch
        {
            RefusalKind.Model => "The model refused",
            RefusalKind.ContentFilter => "A content filter held the answer back",
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Unknown kind of refusal."),
        };

    /// <summary>Which part of the answer was taken; null where there was nothing to choose.</summary>
    public static string? Taken(TakenAnswer? taken)
    {
        if (taken is not { WasChosen: true })
        {
            return null;
        }

        string[] passedOver =
        [
            .. taken.ReasoningBlocks == 0
                ? []
                : new[]
                {
                    $"{FigureFormatter.Count(taken.ReasoningBlocks, "block")} of reasoning ({FigureFormatter.Count(taken.ReasoningCharacters, "character")}) left out",
                },
            .. taken.LaterIsCutOff ? new[] { "a later candidate is cut off" } : [],
        ];
        var which =
            taken.Candidates == 1
                ? "the only complete candidate"
                : $"the last of {Whole(taken.Candidates)} complete candidates";
        return $"{which}, characters {Whole(taken.Start + 1)} to {Whole(taken.Start + taken.Length)}{string.Concat(passedOver.Select(part => $"; {part}"))}.";
    }

    /// <summary>The text of that part; null where the whole answer was looked at.</summary>
    public static string? TakenPart(GenerationAttempt attempt) =>
        attempt is { Answer: { } answer, Taken: { WasChosen: true } taken }
        && taken.Start >= 0
        && taken.Length >= 0
        && taken.Start + taken.Length <= answer.Length
            ? answer.Substring(taken.Start, taken.Length)
            : null;

    private static string Whole(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
