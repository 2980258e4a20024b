namespace RolloutDashboard.Core.Market.Indicators;

/// <summary>Writes the row of a day, one value per stock. Days are asked for in ascending order.</summary>
public delegate void RowMaker<T>(int day, Span<T> row);
