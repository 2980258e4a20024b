using RolloutDashboard.Core.Market;

namespace RolloutDashboard.Core.Backtesting;

/// <summary>The prices a backtest values and trades at.</summary>
internal readonly struct PriceColumns
{
    private readonly double[] _byDay;
    private readonly double[] _filled;
    private readonly double[]? _open;
    private readonly double[] _close;
    private readonly int _days;
    private readonly int _stocks;

    public PriceColumns(MarketPanel panel, TradePrice tradeAt)
    {
        _days = panel.DayCount;
        _stocks = panel.StockCount;
        _byDay = panel.ByDay(panel.PriceField);
        _filled = panel.FilledByStock(panel.PriceField);
        _close = panel.ByDay(MarketField.Close);
        _open = tradeAt == TradePrice.Open ? panel.ByDay(MarketField.Open) : null;
    }

    public bool TradesAtOpen => _open is not null;

    /// <summary>Closes of one stock, gaps filled with the price before them.</summary>
    public ReadOnlySpan<double> Filled(int stock) => _filled.AsSpan(stock * _days, _days);

    /// <summary>The price a stock is bought at; NaN if it has none that day.</summary>
    public double Purchase(int stock, int day)
    {
        var index = (day * _stocks) + stock;
        // An open is brought to the scale of the adjusted close by that day's own adjustment.
        return _open is null ? _byDay[index] : _open[index] * (_byDay[index] / _close[index]);
    }

    /// <summary>The price a stock is sold at: that day's, or the last one before.</summary>
    public double Sale(int stock, int day)
    {
        var price = Purchase(stock, day);
        return double.IsNaN(price) ? _filled[(stock * _days) + day - (_open is null ? 0 : 1)] : price;
    }
}
