using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Monitoring.IterationHistory;

/// <summary>An iteration's place in its lineage, and how that stands.</summary>
/// <param name="Mode">The arm of the lineage.</param>
/// <param name="Ordinal">Of the lineage in its arm and environment, from 1.</param>
/// <param name="Position">Of the iteration in the lineage, from 1.</param>
/// <param name="PlannedLength">Iterations that the lineage is to have; 0 means that it is endless.</param>
/// <param name="Count">Iterations that it has had so far.</param>
/// <param name="End">Why it was closed; null while it is open.</param>
public sealed record LineagePlace(
    GenerationMode Mode,
    int Ordinal,
    int Position,
    int PlannedLength,
    int Count,
    LineageEnd? End
);
