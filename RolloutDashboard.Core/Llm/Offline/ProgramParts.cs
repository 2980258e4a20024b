namespace RolloutDashboard.Core.Llm.Offline;

/// <summary>The grammar's words. Values are what textbooks try; none is fitted to a market.</summary>
public static class ProgramParts
{
    private static readonly string[] Short = ["3", "5", "10", "15", "20"];
    private static readonly string[] Middle = ["20", "30", "40", "60", "90"];
    private static readonly string[] Long = ["60", "120", "180", "250"];
    private static readonly string[] Skip = ["0", "5", "10", "20"];

    /// <summary>What a stock may be ranked by; higher is better.</summary>
    public static IReadOnlyList<ProgramPart> Signals { get; } =
    [
        new("Momentum", "market.Return(stock, {0}, {1})", ["Close"], ["20", "40", "60", "120", "180", "250"], Skip),
        new("SteadyMomentum", "market.Return(stock, {0}) / market.Volatility(stock, {0})", ["Close"], Long),
        new("Reversal", "-market.Return(stock, {0})", ["Close"], Short),
        new("LongReversal", "-market.Return(stock, {0}, {1})", ["Close"], ["250", "500", "750"], ["20", "60"]),
        new("LowVolatility", "-market.Volatility(stock, {0})", ["Close"], Long),
        new("HighVolatility", "market.Volatility(stock, {0})", ["Close"], Middle),
        new("Trend", "Indicators.Slope(market.Closes(stock, {0})) / market.Close(stock)", ["Close"], Middle),
        new("NearHigh", "market.Close(stock) / market.Max(Field.Close, stock, {0})", ["Close"], Long),
        new("FarFromHigh", "1 - (market.Close(stock) / market.Max(Field.Close, stock, {0}))", ["Close"], Long),
        new("Oversold", "-Indicators.RelativeStrength(market.Closes(stock, {0}))", ["Close"], ["7", "14", "21"]),
        new("Strength", "Indicators.RelativeStrength(market.Closes(stock, {0}))", ["Close"], ["14", "21", "60"]),
        new(
            "AverageCross",
            "market.Mean(Field.Close, stock, {0}) / market.Mean(Field.Close, stock, {1})",
            ["Close"],
            Short,
            Long
        ),
        new(
            "BelowAverage",
            "Indicators.ExponentialMean(market.Closes(stock, {0})) / market.Close(stock)",
            ["Close"],
            Middle
        ),
        new("EarningsYield", "1 / market.Value(Field.PriceToEarnings, stock)", ["PriceToEarnings"]),
        new("BookYield", "1 / market.Value(Field.PriceToBook, stock)", ["PriceToBook"]),
        new("DividendYield", "market.Value(Field.DividendYield, stock)", ["DividendYield"]),
        new("ReturnOnEquity", "market.Value(Field.ReturnOnEquity, stock)", ["ReturnOnEquity"]),
        new("ReturnOnAssets", "market.Value(Field.ReturnOnAssets, stock)", ["ReturnOnAssets"]),
        new("Margin", "market.Value(Field.OperatingMargin, stock)", ["OperatingMargin"]),
        new(
            "MarginGain",
            "market.Value(Field.OperatingMargin, stock) - market.Mean(Field.OperatingMargin, stock, {0})",
            ["OperatingMargin"],
            ["120", "250"]
        ),
        new("RevenueGrowth", "market.Value(Field.YearlyRevenueGrowth, stock)", ["YearlyRevenueGrowth"]),
        new(
            "RevenueSpeedUp",
            "market.Mean(Field.MonthlyRevenue, stock, {0}) / market.Mean(Field.MonthlyRevenue, stock, {1})",
            ["MonthlyRevenue"],
            ["20", "60"],
            ["120", "250"]
        ),
        new(
            "VolumeSurge",
            "market.Mean(Field.Volume, stock, {0}) / market.Mean(Field.Volume, stock, {1})",
            ["Volume"],
            Short,
            ["40", "60", "120"]
        ),
        new(
            "QuietVolume",
            "-market.Mean(Field.Volume, stock, {0}) / market.Mean(Field.Volume, stock, {1})",
            ["Volume"],
            Short,
            ["40", "60", "120"]
        ),
        new("SmallTurnover", "-market.Mean(Field.TradingValue, stock, {0})", ["TradingValue"], Middle),
        new("DirectorHolding", "market.Value(Field.DirectorHolding, stock)", ["DirectorHolding"]),
        new(
            "DayRange",
            "-(market.Mean(Field.High, stock, {0}) - market.Mean(Field.Low, stock, {0})) / market.Close(stock)",
            ["High", "Low"],
            Middle
        ),
    ];

    /// <summary>Conditions that a stock must meet to be scored.</summary>
    public static IReadOnlyList<ProgramPart> Filters { get; } =
    [
        new(
            "AboveAverage",
            "market.Close(stock) > market.Mean(Field.Close, stock, {0})",
            ["Close"],
            ["20", "60", "120", "200"]
        ),
        new(
            "AveragesInOrder",
            "market.Mean(Field.Close, stock, {0}) > market.Mean(Field.Close, stock, {1})",
            ["Close"],
            Short,
            Long
        ),
        new(
            "NotFallen",
            "market.Close(stock) > {0} * market.Max(Field.Close, stock, {1})",
            ["Close"],
            ["0.7", "0.8", "0.9"],
            Long
        ),
        new(
            "Fallen",
            "market.Close(stock) < {0} * market.Max(Field.Close, stock, {1})",
            ["Close"],
            ["0.75", "0.85", "0.95"],
            ["60", "120"]
        ),
        new("CalmEnough", "market.Volatility(stock, {0}) < {1}", ["Close"], Middle, ["0.012", "0.015", "0.02", "0.03"]),
        new(
            "Traded",
            "market.Mean(Field.TradingValue, stock, {0}) > {1}",
            ["TradingValue"],
            Short,
            ["1000000", "10000000", "50000000", "200000000"]
        ),
        new(
            "VolumeFloor",
            "market.Mean(Field.Volume, stock, {0}) > {1}",
            ["Volume"],
            Short,
            ["50000", "200000", "1000000"]
        ),
        new(
            "RisingVolume",
            "market.Mean(Field.Volume, stock, {0}) > {2} * market.Mean(Field.Volume, stock, {1})",
            ["Volume"],
            Short,
            ["40", "60"],
            ["1", "1.2", "1.5", "2"]
        ),
        new(
            "Cheap",
            "market.Value(Field.PriceToEarnings, stock) is > 0 and < {0}",
            ["PriceToEarnings"],
            ["10", "15", "20", "25"]
        ),
        new("BelowBook", "market.Value(Field.PriceToBook, stock) < {0}", ["PriceToBook"], ["1", "1.5", "2", "3"]),
        new(
            "Profitable",
            "market.Value(Field.ReturnOnEquity, stock) > {0}",
            ["ReturnOnEquity"],
            ["5", "10", "15", "20"]
        ),
        new(
            "Growing",
            "market.Value(Field.YearlyRevenueGrowth, stock) > {0}",
            ["YearlyRevenueGrowth"],
            ["0", "5", "10", "20"]
        ),
        new("Paying", "market.Value(Field.DividendYield, stock) > {0}", ["DividendYield"], ["2", "4", "6"]),
        new("Owned", "market.Value(Field.DirectorHolding, stock) > {0}", ["DirectorHolding"], ["10", "20", "30"]),
        new(
            "NotOverbought",
            "Indicators.RelativeStrength(market.Closes(stock, {0})) < {1}",
            ["Close"],
            ["7", "14"],
            ["40", "60", "80"]
        ),
    ];
}
