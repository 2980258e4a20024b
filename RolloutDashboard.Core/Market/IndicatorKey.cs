namespace RolloutDashboard.Core.Market;

/// <summary>What an indicator depends on; equal keys mean equal numbers.</summary>
/// <param name="Basis">The market's data and its rule for gaps; see <see cref="MarketPanel.IndicatorBasis"/>.</param>
/// <param name="Calendar">Name of the signal calendar whose days are kept.</param>
public readonly record struct IndicatorKey(string Basis, string Indicator, double First, double Second, string Calendar);

/// <summary>The days on which a strategy chooses, with a name that is equal for equal days of one market.</summary>
public sealed record SignalCalendar(string Name, IReadOnlyList<int> Days);
