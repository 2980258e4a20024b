using RolloutDashboard.Core.Gates;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Evaluation.GateVersions;

/// <param name="Versions">Latest first.</param>
public sealed record GatesView(
    long StateVersion,
    Stage Stage,
    GateDefinition InForce,
    IReadOnlyList<GateVersionView> Versions
);
