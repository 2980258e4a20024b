namespace RolloutDashboard.Core.Market;

/// <summary>One panel of market data: a number per day and stock, NaN where there is none.</summary>
public enum MarketField
{
    Open,
    High,
    Low,
    Close,

    /// <summary>Close adjusted for splits and dividends; equals Close where the source has no adjustment.</summary>
    AdjustedClose,

    /// <summary>Shares traded.</summary>
    Volume,

    /// <summary>Currency traded (price times shares).</summary>
    TradingValue,

    /// <summary>Latest published monthly revenue, carried forward.</summary>
    MonthlyRevenue,

    /// <summary>Latest published revenue growth over the year before, in percent.</summary>
    YearlyRevenueGrowth,

    /// <summary>Latest published return on equity, in percent.</summary>
    ReturnOnEquity,

    /// <summary>Latest published return on assets, in percent.</summary>
    ReturnOnAssets,

    /// <summary>Latest published operating margin, in percent.</summary>
    OperatingMargin,

    PriceToEarnings,
    PriceToBook,

    /// <summary>Dividend yield, in percent.</summary>
    DividendYield,

    /// <summary>Share of the stock held by directors, in percent.</summary>
    DirectorHolding,
}
