using System.Text.Json.Serialization;

namespace RolloutDashboard.Core.Llm.Answers;

/// <summary>Which part of a model's text was taken for its answer, and what was passed over.</summary>
/// <param name="Start">Index of its first character in the text.</param>
/// <param name="Length">Its length in characters.</param>
/// <param name="Candidate">Its place among the complete candidates, from 1.</param>
/// <param name="Candidates">Complete candidates outside of reasoning.</param>
/// <param name="ReasoningBlocks">Blocks of reasoning that were left out.</param>
/// <param name="ReasoningCharacters">Their length together.</param>
/// <param name="LaterIsCutOff">Whether a further candidate begins after it and never ends.</param>
public sealed record TakenAnswer(
    int Start,
    int Length,
    int Candidate,
    int Candidates,
    int ReasoningBlocks,
    int ReasoningCharacters,
    bool LaterIsCutOff
)
{
    /// <summary>Whether there was anything to choose or to leave out.</summary>
    [JsonIgnore]
    public bool WasChosen => Candidates > 1 || ReasoningBlocks > 0 || LaterIsCutOff;
}
