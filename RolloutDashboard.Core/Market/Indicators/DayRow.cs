namespace RolloutDashboard.Core.Market.Indicators;

/// <summary>The values of a day, one per stock; days are asked for in order.</summary>
internal delegate ReadOnlySpan<double> DayRow(int day);
