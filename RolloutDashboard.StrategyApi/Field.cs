namespace RolloutDashboard.StrategyApi;

/// <summary>One kind of market data: a number per day and stock, NaN where there is none.</summary>
public enum Field
{
    /// <summary>First price of the day.</summary>
    Open,

    /// <summary>Highest price of the day.</summary>
    High,

    /// <summary>Lowest price of the day.</summary>
    Low,

    /// <summary>Last price of the day.</summary>
    Close,

    /// <summary>Close adjusted for splits and dividends.</summary>
    AdjustedClose,

    /// <summary>Shares traded.</summary>
    Volume,

    /// <summary>Currency traded (price times shares).</summary>
    TradingValue,

    /// <summary>Latest published monthly revenue.</summary>
    MonthlyRevenue,

    /// <summary>Latest published revenue growth over the year before, in percent.</summary>
    YearlyRevenueGrowth,

    /// <summary>Latest published return on equity, in percent.</summary>
    ReturnOnEquity,

    /// <summary>Latest published return on assets, in percent.</summary>
    ReturnOnAssets,

    /// <summary>Latest published operating margin, in percent.</summary>
    OperatingMargin,

    /// <summary>Price divided by earnings per share.</summary>
    PriceToEarnings,

    /// <summary>Price divided by book value per share.</summary>
    PriceToBook,

    /// <summary>Dividend yield, in percent.</summary>
    DividendYield,

    /// <summary>Share of the stock held by directors, in percent.</summary>
    DirectorHolding,
}
