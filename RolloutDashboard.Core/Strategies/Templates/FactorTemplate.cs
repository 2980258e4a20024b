using RolloutDashboard.Core.Backtesting.Positions;
using RolloutDashboard.Core.Market;
using RolloutDashboard.Core.Market.Indicators;

namespace RolloutDashboard.Core.Strategies.Templates;

/// <summary>One figure of the business decides, among liquid stocks in an upward trend.</summary>
public sealed class FactorTemplate : ITemplate
{
    private const int TrendDays = 20;
    private const int RecentDays = 5;
    private const double LeastTradingValue = 50_000_000;

    public string Name => "Factor";

    public string Description =>
        "Ranks stocks by one figure and holds the n smallest (ascending) or largest (descending). Only stocks above their 20-day average whose 5-day trading value is at least 50 million and above the 20-day one; price ratios count only where they are positive.";

    public IReadOnlyList<MarketField> Needs { get; } =
    [
        MarketField.Close,
        MarketField.TradingValue,
        MarketField.YearlyRevenueGrowth,
        MarketField.ReturnOnEquity,
        MarketField.ReturnOnAssets,
        MarketField.OperatingMargin,
        MarketField.PriceToEarnings,
        MarketField.PriceToBook,
    ];

    public TemplateSchema Schema { get; } =
        new(
            [
                new(
                    "factor_type",
                    "The figure to rank by.",
                    ["pe_ratio", "pb_ratio", "roe", "roa", "revenue_growth", "margin"]
                ),
                new(
                    "ranking_direction",
                    "ascending holds the smallest values, descending the largest.",
                    ["ascending", "descending"]
                ),
                new("n_stocks", "Most stocks held, in equal weights.", [10, 20, 30, 50]),
                new("stop_loss", "Sell when this share below entry.", [0.08, 0.10, 0.15]),
                new("take_profit", "Sell when this share above entry.", [0.2, 0.3, 0.5]),
                new(
                    "position_limit",
                    "Largest weight of one stock; what it leaves over stays cash.",
                    [0.05, 0.10, 0.15]
                ),
                new("resample", "Choose anew each month (M) or quarter (Q).", ["M", "Q"]),
            ],
            []
        );

    public PositionPlan Plan(IndicatorView indicators, TemplateParameters parameters, int days)
    {
        var panel = indicators.Panel;
        var calendar = RebalanceCalendar.Calendar(panel, RebalanceCalendar.Parse(parameters.Word("resample")), 0, days);
        var above = indicators.AboveAverage(TrendDays, calendar);
        var recentValue = indicators.Average(MarketField.TradingValue, RecentDays, calendar);
        var usualValue = indicators.Average(MarketField.TradingValue, TrendDays, calendar);
        var field = FieldOf(parameters.Word("factor_type"));
        var mustBePositive = field is MarketField.PriceToEarnings or MarketField.PriceToBook;
        var sign = parameters.Word("ranking_direction") == "ascending" ? -1 : 1;
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
            var isAbove = new StockMask(above.Row(index, day));
            ReadOnlySpan<double> recent = recentValue.Row(index, day),
                usual = usualValue.Row(index, day),
                figures = panel.KnownDay(field, day);
            for (var stock = 0; stock < keys.Length; stock++)
            {
                var qualifies =
                    isAbove[stock]
                    && recent[stock] >= LeastTradingValue
                    && TemplatePlan.IsAbove(recent[stock], usual[stock])
                    && (!mustBePositive || figures[stock] > 0);
                if (qualifies)
                {
                    keys[stock] = sign * figures[stock];
                }
            }
        }
    }

    private static MarketField FieldOf(string factor) =>
        factor switch
        {
            "pe_ratio" => MarketField.PriceToEarnings,
            "pb_ratio" => MarketField.PriceToBook,
            "roe" => MarketField.ReturnOnEquity,
            "roa" => MarketField.ReturnOnAssets,
            "revenue_growth" => MarketField.YearlyRevenueGrowth,
            "margin" => MarketField.OperatingMargin,
            _ => throw new ArgumentException($"There is no factor '{factor}'.", nameof(factor)),
        };
}
