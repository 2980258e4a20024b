using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.Figures;

namespace RolloutDashboard.Core.Gates;

/// <summary>One criterion of a gate as evaluated.</summary>
/// <param name="Key">Stable name, for example "json-success".</param>
/// <param name="Name">Words for people, for example "JSON success rate".</param>
/// <param name="Target">For example "&gt;= 80 %".</param>
/// <param name="Actual">For example "82.9 %"; "not measured" where nothing was.</param>
/// <param name="Value">The measured number where there is one.</param>
/// <param name="TargetValue">The number it is compared with.</param>
/// <param name="Interval">Displayed uncertainty (95 %), on the effective n.</param>
/// <param name="N">Samples behind the value.</param>
/// <param name="Distinct">Distinct strategies among them; null where that has no meaning.</param>
/// <param name="EffectiveN">Kish effective n; null where that has no meaning.</param>
/// <param name="Proven">Whether the always-valid bound over these iterations clears the target; null where proof has no
/// meaning.</param>
/// <param name="FurtherIterations">Expected further iterations to proof or to the minimum; null if unknown.</param>
/// <param name="Explanation">One sentence: why this verdict, and what would change it.</param>
public sealed record CriterionResult(
    string Key,
    string Name,
    Verdict Verdict,
    string Target,
    string Actual,
    double? Value,
    double? TargetValue,
    Interval? Interval,
    int N,
    int? Distinct,
    double? EffectiveN,
    bool? Proven,
    long? FurtherIterations,
    string Explanation
)
{
    /// <summary>Whether it is proven for the mode, where that can be said of it; <see cref="Proven"/> speaks of the
    /// iterations seen alone.</summary>
    public ModeStanding? ForMode { get; init; }

    /// <summary>What a gate that demands proof goes by; null where proof has no meaning.</summary>
    public bool? IsProven(ProofFor wanted) => wanted == ProofFor.Mode && ForMode is { } mode ? mode.Proven : Proven;

    /// <summary>The step that only a person can take and that alone can change the verdict; null where iterations or
    /// time do.</summary>
    public PersonClick? Click { get; init; }

    /// <summary>What an inconclusive verdict waits for; without meaning under every other.</summary>
    public Shortage Lacks { get; init; }

    /// <summary>Why the criterion could not be evaluated at all: it threw, gave no finite number or does not exist;
    /// null where it was.</summary>
    public string? Fault { get; init; }
}
