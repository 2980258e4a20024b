using RolloutDashboard.Core.Llm.Answers;
using RolloutDashboard.Core.Strategies.Templates;

namespace RolloutDashboard.Core.Strategies.Json;

/// <summary>An answer judged whole: the parameters, or every error.</summary>
public sealed record JsonVerdict(
    TemplateParameters? Parameters,
    string? Reasoning,
    IReadOnlyList<string> Errors,
    GenerationFailure? Failure
)
{
    /// <summary>Which part of the answer was judged; null where there was none.</summary>
    public TakenAnswer? Taken { get; init; }

    /// <summary>The answer without its reasoning.</summary>
    public string Said { get; init; } = "";
}
