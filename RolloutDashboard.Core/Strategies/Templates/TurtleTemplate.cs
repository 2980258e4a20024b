using RolloutDashboard.Core.Backtesting.Positions;
using RolloutDashboard.Core.Market;
using RolloutDashboard.Core.Market.Indicators;

namespace RolloutDashboard.Core.Strategies.Templates;

/// <summary>Steady payers in an upward trend with growing revenue: six conditions, all needed.</summary>
public sealed class TurtleTemplate : ITemplate
{
    private const int VolumeDays = 5;
    private const double SharesPerUnit = 1000;

    public string Name => "Turtle";

    public string Description =>
        "Holds the n stocks with the largest yearly revenue growth (which must be positive) among those that meet six conditions: dividend yield, close above both averages, recent revenue above its longer mean, operating margin, director holding, 5-day volume inside a band.";

    public IReadOnlyList<MarketField> Needs { get; } =
    [
        MarketField.Close,
        MarketField.Volume,
        MarketField.DividendYield,
        MarketField.MonthlyRevenue,
        MarketField.YearlyRevenueGrowth,
        MarketField.OperatingMargin,
        MarketField.DirectorHolding,
    ];

    public TemplateSchema Schema { get; } =
        new(
            [
                new("yield_threshold", "Least dividend yield, in percent.", [4, 5, 6, 7, 8]),
                new("ma_short", "Days of the short moving average.", [10, 20, 30]),
                new("ma_long", "Days of the long moving average.", [40, 60, 80]),
                new("rev_short", "Months of the recent revenue mean.", [3, 6]),
                new("rev_long", "Months of the longer revenue mean.", [12, 18]),
                new("op_margin_threshold", "Least operating margin, in percent.", [0, 3, 5]),
                new("director_threshold", "Least share held by directors, in percent.", [5, 10, 15]),
                new("vol_min", "Least mean volume of 5 days, in thousand shares.", [30, 50, 100]),
                new("vol_max", "Largest mean volume of 5 days, in thousand shares.", [5000, 10000, 15000]),
                new("n_stocks", "Most stocks held, in equal weights.", [5, 10, 15, 20]),
                new("stop_loss", "Sell when this share below entry.", [0.06, 0.08, 0.10]),
                new("take_profit", "Sell when this share above entry.", [0.3, 0.5, 0.7]),
                new(
                    "position_limit",
                    "Largest weight of one stock; what it leaves over stays cash.",
                    [0.10, 0.125, 0.15, 0.20]
                ),
                new("resample", "Choose anew each month (M) or week (W).", ["M", "W"]),
            ],
            []
        );

    public PositionPlan Plan(IndicatorView indicators, TemplateParameters parameters, int days)
    {
        var panel = indicators.Panel;
        var calendar = RebalanceCalendar.Calendar(panel, RebalanceCalendar.Parse(parameters.Word("resample")), 0, days);
        var aboveShort = indicators.AboveAverage(parameters.Whole("ma_short"), calendar);
        var aboveLong = indicators.AboveAverage(parameters.Whole("ma_long"), calendar);
        var recentRevenue = indicators.MonthlyMean(MarketField.MonthlyRevenue, parameters.Whole("rev_short"), calendar);
        var usualRevenue = indicators.MonthlyMean(MarketField.MonthlyRevenue, parameters.Whole("rev_long"), calendar);
        var volume = indicators.Average(MarketField.Volume, VolumeDays, calendar);
        double yield = parameters.Number("yield_threshold"),
            margin = parameters.Number("op_margin_threshold"),
            directors = parameters.Number("director_threshold");
        double least = parameters.Number("vol_min") * SharesPerUnit,
            most = parameters.Number("vol_max") * SharesPerUnit;
        return TemplatePlan.Build(
            panel,
            calendar,
            parameters.Whole("n_stocks"),
            Score,
            parameters.Number("stop_loss"),
            parameters.Number("take_profit"),
            parameters.Number("position_limit")
        );

        void Score(int index, int day, Span<double> keys)
        {
            StockMask isAboveShort = new(aboveShort.Row(index, day)),
                isAboveLong = new(aboveLong.Row(index, day));
            ReadOnlySpan<double> revenue = recentRevenue.Row(index, day),
                revenueBefore = usualRevenue.Row(index, day),
                traded = volume.Row(index, day);
            ReadOnlySpan<double> dividends = panel.KnownDay(MarketField.DividendYield, day),
                margins = panel.KnownDay(MarketField.OperatingMargin, day);
            ReadOnlySpan<double> held = panel.KnownDay(MarketField.DirectorHolding, day),
                growth = panel.KnownDay(MarketField.YearlyRevenueGrowth, day);
            for (var stock = 0; stock < keys.Length; stock++)
            {
                var qualifies =
                    dividends[stock] >= yield
                    && isAboveShort[stock]
                    && isAboveLong[stock]
                    && TemplatePlan.IsAbove(revenue[stock], revenueBefore[stock])
                    && margins[stock] >= margin
                    && held[stock] >= directors
                    && traded[stock] >= least
                    && traded[stock] <= most;
                if (qualifies && growth[stock] > 0)
                {
                    keys[stock] = growth[stock];
                }
            }
        }
    }
}
