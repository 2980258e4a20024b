using RolloutDashboard.Core.Gates;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Evidence.Histories;

/// <summary>What the gate of a stage says of a whole history.</summary>
/// <param name="Verdict">
/// <see cref="Verdict.NotMeasured"/> where what the history answers is met, and some criteria it does not answer;
/// <see cref="Verdict.Error"/> where the judgement itself failed.
/// </param>
/// <param name="Reason">The first reason, in one sentence.</param>
/// <param name="Answered">In evaluation order.</param>
/// <param name="NotAnswered">In evaluation order.</param>
public sealed record HistoryGate(
    Stage Stage,
    Verdict Verdict,
    string Reason,
    IReadOnlyList<CriterionResult> Answered,
    IReadOnlyList<HistoryGap> NotAnswered
)
{
    /// <summary>What the criterion of the reason waits for; null unless the verdict is inconclusive.</summary>
    public Shortage? Lacks => GateConclusion.Lacks(Verdict, Answered);
}
