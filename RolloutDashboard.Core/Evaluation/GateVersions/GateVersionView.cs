using RolloutDashboard.Core.Gates.Fields;

namespace RolloutDashboard.Core.Evaluation.GateVersions;

/// <summary>A version of the gates with what it changed against the one before.</summary>
public sealed record GateVersionView(
    int Number,
    DateTimeOffset CreatedAt,
    string Actor,
    string Reason,
    IReadOnlyList<GateChange> Changes
);
