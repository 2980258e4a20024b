namespace RolloutDashboard.Core.Monitoring.IterationHistory;

/// <summary>One page of the list, newest first.</summary>
/// <param name="Total">Iterations that the filter finds, over all pages.</param>
public sealed record IterationSlice(IReadOnlyList<IterationRow> Rows, long Total);
