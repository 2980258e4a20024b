using RolloutDashboard.Core.Backtesting.Positions;
using RolloutDashboard.Core.Market;
using RolloutDashboard.Core.Market.Indicators;

namespace RolloutDashboard.Core.Strategies.Templates;

/// <summary>Contrarian: quiet, fallen, cheap stocks.</summary>
public sealed class MastiffTemplate : ITemplate
{
    private const int HighDays = 60;

    public string Name => "Mastiff";

    public string Description =>
        "Buys quiet, fallen, cheap stocks: volume low in the stock's own last 250 days, close well below its 60-day high, a positive and small price/earnings ratio, revenue not shrinking too fast. Holds the n with the smallest mean volume over low_volume_days.";

    public IReadOnlyList<MarketField> Needs { get; } =
    [MarketField.Close, MarketField.Volume, MarketField.PriceToEarnings, MarketField.YearlyRevenueGrowth];

    public TemplateSchema Schema { get; } =
        new(
            [
                new("low_volume_days", "Days on each of which volume must be low.", [5, 10, 20]),
                new("volume_percentile", "Percentile of the last 250 days that volume must not exceed.", [10, 20, 30]),
                new(
                    "price_drop_threshold",
                    "Close against its 60-day high, at most this (negative share).",
                    [-0.05, -0.10, -0.15]
                ),
                new("pe_max", "Largest price/earnings ratio.", [15, 20, 25]),
                new("revenue_growth_min", "Least yearly revenue growth, in percent.", [-5, 0, 5]),
                new("n_stocks", "Most stocks held, in equal weights.", [3, 5, 8, 10]),
                new("stop_loss", "Sell when this share below entry.", [0.10, 0.15, 0.20]),
                new("take_profit", "Sell when this share above entry.", [0.3, 0.5, 0.8]),
                new(
                    "position_limit",
                    "Largest weight of one stock; what it leaves over stays cash.",
                    [0.15, 0.20, 0.25, 0.30]
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

        private readonly IndicatorRows<double> _loudest = indicators.Highest(
            MarketField.Volume,
            parameters.Whole("low_volume_days"),
            calendar
        );

        private readonly IndicatorRows<double> _limit = indicators.VolumePercentile(
            parameters.Number("volume_percentile"),
            calendar
        );

        private readonly IndicatorRows<double> _meanVolume = indicators.Average(
            MarketField.Volume,
            parameters.Whole("low_volume_days"),
            calendar
        );

        private readonly IndicatorRows<double> _high = indicators.Highest(
            indicators.Panel.PriceField,
            HighDays,
            calendar
        );

        private readonly double _drop = parameters.Number("price_drop_threshold");
        private readonly double _dearest = parameters.Number("pe_max");
        private readonly double _growthMin = parameters.Number("revenue_growth_min");

        public void Score(int index, int day, Span<double> keys)
        {
            ReadOnlySpan<double> price = _panel.KnownDay(_panel.PriceField, day),
                highs = _high.Row(index, day);
            ReadOnlySpan<double> peaks = _loudest.Row(index, day),
                limits = _limit.Row(index, day),
                volumes = _meanVolume.Row(index, day);
            ReadOnlySpan<double> earnings = _panel.KnownDay(MarketField.PriceToEarnings, day),
                growth = _panel.KnownDay(MarketField.YearlyRevenueGrowth, day);
            for (var stock = 0; stock < keys.Length; stock++)
            {
                var qualifies =
                    peaks[stock] <= limits[stock]
                    && (price[stock] / highs[stock]) - 1 <= _drop
                    && earnings[stock] > 0
                    && earnings[stock] <= _dearest
                    && growth[stock] >= _growthMin;
                if (qualifies)
                {
                    keys[stock] = -volumes[stock];
                }
            }
        }
    }
}
