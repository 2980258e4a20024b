using RolloutDashboard.Core.Monitoring;
using RolloutDashboard.Core.Monitoring.AlertRules;
using RolloutDashboard.Core.Rollouts.Gates;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Evidence.Replay;

/// <summary>One ended iteration of a history.</summary>
/// <param name="At">When it ended; made up in even steps where the history names no time.</param>
/// <param name="Stage">Stage and attempt as recorded; null for a history that knows none.</param>
/// <param name="Checked">The same for the evidence checks; null where the recorded facts say what they found.</param>
public sealed record ReplayRow(EvidenceRow Row, DateTimeOffset At, Stage? Stage = null, int Attempt = 1, CheckedIteration? Checked = null);

/// <summary>What monitoring knew at a recorded instant.</summary>
public sealed record ReplayFacts(DateTimeOffset At, JudgedRollout Judged);

/// <summary>A history to judge again.</summary>
public sealed record ReplayHistory
{
    /// <summary>In the order in which they ended.</summary>
    public required IReadOnlyList<ReplayRow> Rows { get; init; }

    /// <summary>In the order of time; empty for an imported history, whose gates then judge by iterations alone.</summary>
    public IReadOnlyList<ReplayFacts> Facts { get; init; } = [];

    /// <summary>Where a history without stages begins.</summary>
    public Stage FirstStage { get; init; } = Stage.TemplateLibraryOnly;

    /// <summary>Whether its times are its own; without them no criterion of time is asked.</summary>
    public bool HasTimes { get; init; } = true;
}

/// <summary>Gates and alert thresholds to judge by.</summary>
public sealed record ReplayPolicy(GateDefinition Gates, AlertThresholds Thresholds, bool RequireProof = false);

/// <summary>What a policy does at an iteration.</summary>
public enum ReplayKind
{
    /// <summary>The gate does not pass, or no longer.</summary>
    Held = 0,

    /// <summary>The gate passes: a person may promote, and a history without stages goes on to the next.</summary>
    Promoted = 1,
    Warned = 2,
    Resolved = 3,
    RolledBack = 4,
    Halted = 5,
}

/// <summary>One event of a replay.</summary>
/// <param name="Number">The iteration after which it happened.</param>
/// <param name="IsHypothetical">What follows the first action that differs from what was recorded: the iterations behind it came about under another rule.</param>
public sealed record ReplayStep(DateTimeOffset At, long Number, Stage Stage, int Attempt, ReplayKind Kind, string Rule, string Text, bool IsHypothetical);

/// <summary>What a policy says about a history.</summary>
/// <param name="Iterations">Rows in the history.</param>
/// <param name="Every">Judged after every so many iterations.</param>
/// <param name="LeftOut">Criteria that the history can't answer.</param>
/// <param name="FirstDifference">The first iteration at which the policy acts otherwise; null if it never does.</param>
public sealed record ReplayResult(int Iterations, int Every, IReadOnlyList<string> LeftOut, long? FirstDifference, IReadOnlyList<ReplayStep> Steps)
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
            Steps.Any(step => step.Kind == ReplayKind.Promoted) ? "" : First(ReplayKind.Held, "no gate passes and the gate first holds after iteration"),
            First(ReplayKind.RolledBack, "the first rollback comes after iteration"),
            First(ReplayKind.Halted, "the first halt after iteration"),
            First(ReplayKind.Warned, "the first warning after iteration"),
        ];
        var said = parts.Where(part => part.Length > 0).ToArray();
        return said.Length == 0
            ? $"Over {Figures.Count(Iterations)} iterations no gate passes and no rule fires."
            : $"Over {Figures.Count(Iterations)} iterations {string.Join(", ", said)}.";
    }

    private string First(ReplayKind kind, string words) => Steps.FirstOrDefault(step => step.Kind == kind) is { } step
        ? $"{words} {Figures.Count(step.Number)}{(step.IsHypothetical ? " (hypothetical)" : "")}"
        : "";
}
