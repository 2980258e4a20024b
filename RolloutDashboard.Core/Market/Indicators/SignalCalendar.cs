namespace RolloutDashboard.Core.Market.Indicators;

/// <summary>The days on which a strategy chooses, with a name that is equal for equal days of one market.</summary>
public sealed record SignalCalendar(string Name, IReadOnlyList<int> Days);
