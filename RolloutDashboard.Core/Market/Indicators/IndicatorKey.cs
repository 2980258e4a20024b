namespace RolloutDashboard.Core.Market.Indicators;

/// <summary>What an indicator depends on; equal keys mean equal numbers.</summary>
/// <param name="Basis">The market's data and its rule for gaps; see <see cref="MarketPanel.IndicatorBasis"/>.</param>
/// <param name="Calendar">Name of the signal calendar whose days are kept.</param>
public readonly record struct IndicatorKey(
    string Basis,
    string Indicator,
    double First,
    double Second,
    string Calendar
);
