namespace RolloutDashboard.Core.Market.Indicators;

/// <summary>
/// The indicators that templates use. A window counts only if every day in it has a value; the value of day t uses
/// nothing after t.
/// </summary>
public static class StandardIndicators
{
    /// <summary>What counts as above an average must exceed it by this share, so that the order of summation never
    /// decides.</summary>
    public const double Margin = 1e-9;

    private const int PercentileDays = 250;

    /// <summary>price[t] / price[t - period] - 1.</summary>
    public static IndicatorRows<double> Momentum(this IndicatorView view, int period, SignalCalendar calendar) =>
        view.Rows("momentum", period, 0, calendar, days =>
            IndicatorKernels.Momentum(view.Panel, view.Panel.PriceField, period)
        );

    /// <summary>Mean of the last <paramref name="window"/> days of a field.</summary>
    public static IndicatorRows<double> Average(
        this IndicatorView view,
        MarketField field,
        int window,
        SignalCalendar calendar
    ) =>
        view.Rows("average", (int)field, window, calendar, days =>
            IndicatorKernels.Average(view.Panel, field, window, days)
        );

    /// <summary>Whether the price is above its mean of the last <paramref name="window"/> days, by more than
    /// <see cref="Margin"/>.</summary>
    public static IndicatorRows<byte> AboveAverage(this IndicatorView view, int window, SignalCalendar calendar) =>
        view.Bits("above-average", window, 0, calendar, days =>
            IndicatorKernels.AboveAverage(view.Panel, view.Panel.PriceField, window, days)
        );

    /// <summary>Mean of the last <paramref name="period"/> daily returns.</summary>
    public static IndicatorRows<double> MeanReturn(this IndicatorView view, int period, SignalCalendar calendar) =>
        view.Rows("mean-return", period, 0, calendar, days =>
            IndicatorKernels.MeanReturn(view.Panel, view.Panel.PriceField, period, days)
        );

    /// <summary>Mean of a field's last <paramref name="months"/> months; see
    /// <see cref="IndicatorKernels.SampledMean"/>.</summary>
    public static IndicatorRows<double> MonthlyMean(
        this IndicatorView view,
        MarketField field,
        int months,
        SignalCalendar calendar
    ) =>
        view.Rows("monthly-mean", (int)field, months, calendar, days =>
            IndicatorKernels.SampledMean(view.Panel, field, months, IndicatorKernels.DaysAMonth)
        );

    /// <summary>Mean of a field's last <paramref name="quarters"/> quarters; see
    /// <see cref="IndicatorKernels.SampledMean"/>.</summary>
    public static IndicatorRows<double> QuarterlyMean(
        this IndicatorView view,
        MarketField field,
        int quarters,
        SignalCalendar calendar
    ) =>
        view.Rows("quarterly-mean", (int)field, quarters, calendar, days =>
            IndicatorKernels.SampledMean(view.Panel, field, quarters, 3 * IndicatorKernels.DaysAMonth)
        );

    /// <summary>Largest value of the last <paramref name="window"/> days of a field.</summary>
    public static IndicatorRows<double> Highest(
        this IndicatorView view,
        MarketField field,
        int window,
        SignalCalendar calendar
    ) =>
        view.Rows("highest", (int)field, window, calendar, days => IndicatorKernels.Highest(view.Panel, field, window));

    /// <summary>Percentile (linear between ranks) of the stock's own last 250 days of volume.</summary>
    /// <param name="percent">0 to 100.</param>
    public static IndicatorRows<double> VolumePercentile(
        this IndicatorView view,
        double percent,
        SignalCalendar calendar
    ) =>
        view.Rows("volume-percentile", percent, PercentileDays, calendar, days =>
            IndicatorKernels.Percentile(view.Panel, MarketField.Volume, PercentileDays, percent, days)
        );
}
