using RolloutDashboard.Core.Backtesting.Positions;
using RolloutDashboard.Core.Market;
using RolloutDashboard.Core.Market.Indicators;

namespace RolloutDashboard.Core.Strategies.Templates;

/// <summary>Strongest prices above their average; needs closes only, so it runs on any market.</summary>
public sealed class PriceMomentumTemplate : ITemplate
{
    public string Name => "PriceMomentum";

    public string Description =>
        "Holds the n stocks with the largest price change over momentum_period days among those that close above their moving average.";

    public IReadOnlyList<MarketField> Needs { get; } = [MarketField.Close];

    public TemplateSchema Schema { get; } =
        new(
            [
                new("momentum_period", "Days over which the price change is measured.", [20, 40, 60, 120]),
                new("ma_periods", "Days of the moving average that the close must be above.", [60, 120, 200]),
                new("n_stocks", "Most stocks held, in equal weights.", [5, 10, 20]),
                new("stop_loss", "Sell when this share below entry, or none.", ["none", 0.08, 0.10, 0.15]),
                new("resample", "Choose anew each week (W) or month (M).", ["W", "M"]),
            ],
            []
        );

    public PositionPlan Plan(IndicatorView indicators, TemplateParameters parameters, int days) =>
        Plan(
            indicators,
            parameters.Whole("momentum_period"),
            parameters.Whole("ma_periods"),
            parameters.Whole("n_stocks"),
            parameters.NumberOrNone("stop_loss"),
            RebalanceCalendar.Parse(parameters.Word("resample")),
            days
        );

    /// <summary>The same rule with any numbers, on or off the grid.</summary>
    public static PositionPlan Plan(
        IndicatorView indicators,
        int momentum,
        int average,
        int count,
        double? stopLoss,
        Resample resample,
        int days
    )
    {
        var panel = indicators.Panel;
        var calendar = RebalanceCalendar.Calendar(panel, resample, 0, days);
        var change = indicators.Momentum(momentum, calendar);
        var above = indicators.AboveAverage(average, calendar);
        return TemplatePlan.Build(panel, calendar, count, Score, stopLoss, takeProfit: null, positionLimit: 1);

        void Score(int index, int day, Span<double> keys) =>
            new StockMask(above.Row(index, day)).Select(change.Row(index, day), Ranking.NotEligible, keys);
    }
}
