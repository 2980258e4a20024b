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
        var conditions = new Conditions(indicators, calendar, parameters);
        return TemplatePlan.Build(
            panel,
            calendar,
            parameters.Whole("n_stocks"),
            conditions.Score,
            parameters.Number("stop_loss"),
            parameters.Number("take_profit"),
            parameters.Number("position_limit")
        );
    }

    private sealed class Conditions(IndicatorView indicators, SignalCalendar calendar, TemplateParameters parameters)
    {
        private readonly MarketPanel _panel = indicators.Panel;

        private readonly IndicatorRows<byte> _aboveShort = indicators.AboveAverage(
            parameters.Whole("ma_short"),
            calendar
        );

        private readonly IndicatorRows<byte> _aboveLong = indicators.AboveAverage(
            parameters.Whole("ma_long"),
            calendar
        );

        private readonly IndicatorRows<double> _recentRevenue = indicators.MonthlyMean(
            MarketField.MonthlyRevenue,
            parameters.Whole("rev_short"),
            calendar
        );

        private readonly IndicatorRows<double> _usualRevenue = indicators.MonthlyMean(
            MarketField.MonthlyRevenue,
            parameters.Whole("rev_long"),
            calendar
        );

        private readonly IndicatorRows<double> _volume = indicators.Average(MarketField.Volume, VolumeDays, calendar);
        private readonly double _yield = parameters.Number("yield_threshold");
        private readonly double _margin = parameters.Number("op_margin_threshold");
        private readonly double _directors = parameters.Number("director_threshold");
        private readonly double _least = parameters.Number("vol_min") * SharesPerUnit;
        private readonly double _most = parameters.Number("vol_max") * SharesPerUnit;

        public void Score(int index, int day, Span<double> keys)
        {
            StockMask isAboveShort = new(_aboveShort.Row(index, day)),
                isAboveLong = new(_aboveLong.Row(index, day));
            ReadOnlySpan<double> revenue = _recentRevenue.Row(index, day),
                revenueBefore = _usualRevenue.Row(index, day),
                traded = _volume.Row(index, day);
            ReadOnlySpan<double> dividends = _panel.KnownDay(MarketField.DividendYield, day),
                margins = _panel.KnownDay(MarketField.OperatingMargin, day);
            ReadOnlySpan<double> held = _panel.KnownDay(MarketField.DirectorHolding, day),
                growth = _panel.KnownDay(MarketField.YearlyRevenueGrowth, day);
            for (var stock = 0; stock < keys.Length; stock++)
            {
                var qualifies =
                    dividends[stock] >= _yield
                    && isAboveShort[stock]
                    && isAboveLong[stock]
                    && TemplatePlan.IsAbove(revenue[stock], revenueBefore[stock])
                    && margins[stock] >= _margin
                    && held[stock] >= _directors
                    && traded[stock] >= _least
                    && traded[stock] <= _most;
                if (qualifies && growth[stock] > 0)
                {
                    keys[stock] = growth[stock];
                }
            }
        }
    }
}
