using RolloutDashboard.Core.Backtesting.Positions;
using RolloutDashboard.Core.Market;
using RolloutDashboard.Core.Market.Indicators;

namespace RolloutDashboard.Core.Strategies.Templates;

/// <summary>Strong stocks above their average whose business improves too.</summary>
public sealed class MomentumTemplate : ITemplate
{
    private const int RevenueMonths = 12;
    private const int EarningsQuarters = 8;
    private const double TakeProfit = 0.30;
    private const double PositionLimit = 0.20;

    public string Name => "Momentum";

    public string Description =>
        "Holds the n stocks with the largest mean daily return among those above their moving average whose catalyst holds: monthly revenue (mean over catalyst_lookback months above its 12-month mean) or return on equity (mean over catalyst_lookback quarters above its 8-quarter mean).";

    public IReadOnlyList<MarketField> Needs { get; } =
    [MarketField.Close, MarketField.MonthlyRevenue, MarketField.ReturnOnEquity];

    public TemplateSchema Schema { get; } =
        new(
            [
                new("momentum_period", "Days over which daily returns are averaged.", [5, 10, 20, 30]),
                new("ma_periods", "Days of the moving average that the close must be above.", [20, 60, 90, 120]),
                new(
                    "catalyst_type",
                    "What must improve: revenue or earnings (return on equity).",
                    ["revenue", "earnings"]
                ),
                new("catalyst_lookback", "Months (revenue) or quarters (earnings) of the recent mean.", [2, 3, 4, 6]),
                new("n_stocks", "Most stocks held, in equal weights.", [5, 10, 15, 20]),
                new("stop_loss", "Sell when this share below entry.", [0.08, 0.10, 0.12, 0.15]),
                new("resample", "Choose anew each week (W) or month (M).", ["W", "M"]),
                new("resample_offset", "Trading days to wait after the period's end.", [0, 1, 2, 3, 4]),
            ],
            [
                new("momentum_period <= ma_periods", ["momentum_period", "ma_periods"], chosen =>
                    chosen.Number("momentum_period") <= chosen.Number("ma_periods")
                ),
            ]
        );

    public PositionPlan Plan(IndicatorView indicators, TemplateParameters parameters, int days)
    {
        var panel = indicators.Panel;
        var calendar = RebalanceCalendar.Calendar(
            panel,
            RebalanceCalendar.Parse(parameters.Word("resample")),
            parameters.Whole("resample_offset"),
            days
        );
        var returns = indicators.MeanReturn(parameters.Whole("momentum_period"), calendar);
        var above = indicators.AboveAverage(parameters.Whole("ma_periods"), calendar);
        var (recent, usual) = Catalyst(indicators, parameters, calendar);
        return TemplatePlan.Build(
            panel,
            calendar,
            parameters.Whole("n_stocks"),
            Score,
            parameters.Number("stop_loss"),
            TakeProfit,
            PositionLimit
        );

        void Score(int index, int day, Span<double> keys)
        {
            var isAbove = new StockMask(above.Row(index, day));
            var strength = returns.Row(index, day);
            ReadOnlySpan<double> now = recent.Row(index, day),
                before = usual.Row(index, day);
            for (var stock = 0; stock < keys.Length; stock++)
            {
                if (isAbove[stock] && TemplatePlan.IsAbove(now[stock], before[stock]))
                {
                    keys[stock] = strength[stock];
                }
            }
        }
    }

    private static (IndicatorRows<double> Recent, IndicatorRows<double> Usual) Catalyst(
        IndicatorView indicators,
        TemplateParameters parameters,
        SignalCalendar calendar
    )
    {
        var lookback = parameters.Whole("catalyst_lookback");
        return parameters.Word("catalyst_type") == "revenue"
            ? (
                indicators.MonthlyMean(MarketField.MonthlyRevenue, lookback, calendar),
                indicators.MonthlyMean(MarketField.MonthlyRevenue, RevenueMonths, calendar)
            )
            : (
                indicators.QuarterlyMean(MarketField.ReturnOnEquity, lookback, calendar),
                indicators.QuarterlyMean(MarketField.ReturnOnEquity, EarningsQuarters, calendar)
            );
    }
}
