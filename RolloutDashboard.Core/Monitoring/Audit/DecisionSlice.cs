using RolloutDashboard.Core.Storage.Entities;

namespace RolloutDashboard.Core.Monitoring.Audit;

/// <summary>One page of decisions, newest first.</summary>
/// <param name="Total">Decisions that the filter finds, over all pages.</param>
/// <param name="Kinds">Every kind there is, for the filter.</param>
/// <param name="Actors">Likewise every actor.</param>
public sealed record DecisionSlice(
    IReadOnlyList<DecisionRecord> Rows,
    long Total,
    IReadOnlyList<string> Kinds,
    IReadOnlyList<string> Actors
);
