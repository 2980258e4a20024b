namespace RolloutDashboard.Core.Llm.Offline;

/// <summary>A known point with its Sharpe ratio.</summary>
public sealed record KnownPoint(GridPoint Point, double Sharpe, bool IsChampion);
