namespace RolloutDashboard.Core.Market;

/// <summary>
/// The indicators that templates use. A window counts only if every day in it has a value; the value of day t uses nothing after t.
/// </summary>
public static class Indicators
{
    /// <summary>price[t] / price[t - period] - 1.</summary>
    public static IndicatorRows Momentum(this IndicatorView view, int period, SignalCalendar calendar) =>
        view.Rows("momentum", period, 0, calendar, (panel, days) => IndicatorKernels.Momentum(panel, panel.PriceField, period, days));

    /// <summary>Mean of the last <paramref name="window"/> days of a field.</summary>
    public static IndicatorRows Average(this IndicatorView view, MarketField field, int window, SignalCalendar calendar) =>
        view.Rows("average", (int)field, window, calendar, (panel, days) => IndicatorKernels.Average(panel, field, window, days));

    /// <summary>Mean of the last <paramref name="period"/> daily returns.</summary>
    public static IndicatorRows MeanReturn(this IndicatorView view, int period, SignalCalendar calendar) =>
        view.Rows("mean-return", period, 0, calendar, (panel, days) => IndicatorKernels.MeanReturn(panel, panel.PriceField, period, days));

    /// <summary>Mean of a field's last <paramref name="months"/> months; see <see cref="IndicatorKernels.SampledMean"/>.</summary>
    public static IndicatorRows MonthlyMean(this IndicatorView view, MarketField field, int months, SignalCalendar calendar) =>
        view.Rows("monthly-mean", (int)field, months, calendar, (panel, days) => IndicatorKernels.SampledMean(panel, field, months, IndicatorKernels.DaysAMonth, days));

    /// <summary>Mean of a field's last <paramref name="quarters"/> quarters; see <see cref="IndicatorKernels.SampledMean"/>.</summary>
    public static IndicatorRows QuarterlyMean(this IndicatorView view, MarketField field, int quarters, SignalCalendar calendar) =>
        view.Rows("quarterly-mean", (int)field, quarters, calendar, (panel, days) => IndicatorKernels.SampledMean(panel, field, quarters, 3 * IndicatorKernels.DaysAMonth, days));

    /// <summary>Largest value of the last <paramref name="window"/> days of a field.</summary>
    public static IndicatorRows Highest(this IndicatorView view, MarketField field, int window, SignalCalendar calendar) =>
        view.Rows("highest", (int)field, window, calendar, (panel, days) => IndicatorKernels.Highest(panel, field, window, days));

    /// <summary>Percentile (linear between ranks) of the stock's own last 250 days of volume.</summary>
    /// <param name="percent">0 to 100.</param>
    public static IndicatorRows VolumePercentile(this IndicatorView view, double percent, SignalCalendar calendar) =>
        view.Rows("volume-percentile", percent, 250, calendar, (panel, days) => IndicatorKernels.Percentile(panel, MarketField.Volume, 250, percent, days));
}
