namespace RolloutDashboard.Core.Evidence.Histories;

/// <summary>A history to be summed up and judged.</summary>
/// <param name="All">Records of the whole history; more than are given where only the first are looked at.</param>
/// <param name="Blocking">Code of each blocking finding about it; null where the checks have no answer.</param>
/// <param name="CheckFault">Why a check has no answer; null where all have.</param>
public sealed record HistoryRecords(
    IReadOnlyList<CheckedIteration> Records,
    long All,
    IReadOnlyList<string>? Blocking,
    string? CheckFault
);
