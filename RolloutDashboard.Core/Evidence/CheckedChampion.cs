namespace RolloutDashboard.Core.Evidence;

/// <summary>The champion that a set of iterations goes with.</summary>
/// <param name="IterationNumber">Null where no iteration is named.</param>
/// <param name="AgeIterations">Iterations since it was crowned.</param>
public sealed record CheckedChampion(long? IterationNumber, double SharpeRatio, int AgeIterations);
