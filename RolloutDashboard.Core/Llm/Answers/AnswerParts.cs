namespace RolloutDashboard.Core.Llm.Answers;

/// <summary>An answer with the model's reasoning set apart.</summary>
/// <param name="Said">What is not reasoning, in order; an answer is looked for here alone.</param>
/// <param name="ReasoningBlocks">Blocks of reasoning that were left out.</param>
/// <param name="ReasoningCharacters">Their length together, marks included.</param>
/// <param name="EndsInReasoning">Whether the text ends before the model came to its answer.</param>
public sealed record AnswerParts(
    IReadOnlyList<AnswerSpan> Said,
    int ReasoningBlocks,
    int ReasoningCharacters,
    bool EndsInReasoning
)
{
    /// <summary>Whether a part of the text is not reasoning.</summary>
    public bool IsSaid(AnswerSpan part) => AnswerSpan.AnyContains(Said, part);

    /// <summary>The text without its reasoning.</summary>
    public string TextOf(string answer) =>
        ReasoningBlocks == 0 && !EndsInReasoning
            ? answer
            : string.Join('\n', Said.Select(said => answer[said.Start..said.End])).Trim();
}
