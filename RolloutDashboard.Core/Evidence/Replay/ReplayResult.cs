using RolloutDashboard.Core.Vocabulary.Figures;

namespace RolloutDashboard.Core.Evidence.Replay;

/// <summary>What a policy says about a history.</summary>
/// <param name="Iterations">Rows in the history.</param>
/// <param name="Every">Judged after every so many iterations.</param>
/// <param name="LeftOut">Criteria that the history can't answer.</param>
/// <param name="FirstDifference">The first iteration at which the policy acts otherwise; null if it never does.</param>
public sealed record ReplayResult(
    int Iterations,
    int Every,
    IReadOnlyList<string> LeftOut,
    long? FirstDifference,
    IReadOnlyList<ReplayStep> Steps
)
{
    /// <summary>The course in one sentence.</summary>
    public string Summary()
    {
        if (Iterations == 0)
        {
            return "The history holds no ended iteration.";
        }

        string[] parts =
        [
            First(ReplayKind.Promoted, "the gate first passes after iteration"),
            Steps.Any(step => step.Kind == ReplayKind.Promoted)
                ? ""
                : First(ReplayKind.Held, "no gate passes and the gate first holds after iteration"),
            First(ReplayKind.RolledBack, "the first rollback comes after iteration"),
            First(ReplayKind.Halted, "the first halt after iteration"),
            First(ReplayKind.Warned, "the first warning after iteration"),
        ];
        var said = parts.Where(part => part.Length > 0).ToArray();
        return said.Length == 0
            ? $"Over {FigureFormatter.Count(Iterations)} iterations no gate passes and no rule fires."
            : $"Over {FigureFormatter.Count(Iterations)} iterations {string.Join(", ", said)}.";
    }

    private string First(ReplayKind kind, string words) =>
        Steps.FirstOrDefault(step => step.Kind == kind) is { } step
            ? $"{words} {FigureFormatter.Count(step.Number)}{(step.IsHypothetical ? " (hypothetical)" : "")}"
            : "";
}
