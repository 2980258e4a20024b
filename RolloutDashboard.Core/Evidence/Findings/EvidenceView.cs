namespace RolloutDashboard.Core.Evidence.Findings;

/// <summary>What the evidence page shows.</summary>
/// <param name="Run">Null when the checks have never run.</param>
/// <param name="Open">Heaviest first, dismissed ones last.</param>
/// <param name="Cleared">Latest first; at most 50.</param>
/// <param name="Checks">Codes of all checks.</param>
/// <param name="Report">Latest comparison of the current attempt's arms; null if there is none.</param>
public sealed record EvidenceView(
    DateTimeOffset At,
    CheckRunView? Run,
    IReadOnlyList<FindingView> Open,
    IReadOnlyList<FindingView> Cleared,
    IReadOnlyList<string> Checks,
    ReportView? Report = null
);
