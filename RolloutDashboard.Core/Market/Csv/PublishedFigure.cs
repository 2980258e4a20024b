namespace RolloutDashboard.Core.Market.Csv;

/// <summary>One published figure.</summary>
internal readonly record struct PublishedFigure(
    string Stock,
    MarketField Field,
    DateOnly PeriodEnd,
    DateOnly AvailableFrom,
    double Value
);
