namespace RolloutDashboard.Components.Champions;

/// <param name="Sharpe">Of the champion that reigns from this iteration on.</param>
public readonly record struct SuccessionPoint(long Iteration, double? Sharpe, double? HoldOut);
