namespace RolloutDashboard.Core.Evidence.Histories;

/// <summary>What a lead asks first of a history that another loop has written.</summary>
/// <param name="Records">Records that were looked at.</param>
/// <param name="All">Records of the whole history.</param>
/// <param name="Overall">All records that count, whatever their arm.</param>
/// <param name="Undeclared">Records that count and declare no arm.</param>
/// <param name="Mutations">Records made from earlier strategies; they count in no rate.</param>
/// <param name="Gates">One a stage, in their order.</param>
/// <param name="GateVersion">Version of the gates that judged.</param>
public sealed record HistorySummary(
    int Records,
    long All,
    HistoryArm Overall,
    HistoryArm Json,
    HistoryArm FullCode,
    HistoryArm Undeclared,
    HistoryArm Mutations,
    IReadOnlyList<HistoryGate> Gates,
    int GateVersion
)
{
    /// <summary>Whether records were left out of these figures because there are too many.</summary>
    public bool IsPart => All > Records;
}
