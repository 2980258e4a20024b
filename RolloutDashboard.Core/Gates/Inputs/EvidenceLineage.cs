namespace RolloutDashboard.Core.Gates.Inputs;

/// <summary>The lineage of an iteration, one object for all of its rows. Only what never changes: whether it is
/// complete follows from its rows, see <see cref="ModeEvidence"/>.</summary>
/// <param name="Ordinal">Of its arm and environment, from 1.</param>
/// <param name="PlannedLength">Iterations that it is to have; 0 means that it is endless.</param>
public sealed record EvidenceLineage(long Id, int Ordinal, int PlannedLength);
