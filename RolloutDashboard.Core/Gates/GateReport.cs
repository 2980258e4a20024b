using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Gates;

/// <summary>A gate as evaluated: fails closed, so anything unknown is not a pass.</summary>
/// <param name="Summary">One sentence with the reason, for the headline strip.</param>
/// <param name="DefinitionVersion">Version of the gate definition used.</param>
public sealed record GateReport(
    Stage Stage,
    Verdict Verdict,
    Recommendation Recommendation,
    string Summary,
    long? FurtherIterations,
    IReadOnlyList<CriterionResult> Criteria,
    int DefinitionVersion,
    DateTimeOffset EvaluatedAt
)
{
    /// <summary>What the criterion of the summary waits for; null unless the verdict is inconclusive.</summary>
    public Shortage? Lacks => GateConclusion.Lacks(Verdict, Criteria);
}
