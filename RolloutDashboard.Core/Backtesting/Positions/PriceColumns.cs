using System.Buffers;
using RolloutDashboard.Core.Market;

namespace RolloutDashboard.Core.Backtesting.Positions;

/// <summary>The prices a backtest values and trades at.</summary>
internal sealed class PriceColumns : IDisposable
{
    private readonly MarketPanel _panel;
    private readonly double[] _byDay;
    private readonly double[]? _filled;
    private readonly double[] _gathered;
    private readonly double[]? _open;
    private readonly double[] _close;
    private readonly int _days;
    private readonly int _stocks;

    public PriceColumns(MarketPanel panel, TradePrice tradeAt)
    {
        _panel = panel;
        _days = panel.DayCount;
        _stocks = panel.StockCount;
        _byDay = panel.ByDay(panel.PriceField);
        _filled = panel.FilledByStockWhenReused(panel.PriceField);
        _gathered = _filled is null ? ArrayPool<double>.Shared.Rent(_days) : [];
        _close = panel.ByDay(MarketField.Close);
        _open = tradeAt == TradePrice.Open ? panel.ByDay(MarketField.Open) : null;
    }

    public bool TradesAtOpen => _open is not null;

    /// <summary>Whether this market knows suspensions.</summary>
    public bool CanSuspend => _panel.CarryDays > 0;

    /// <summary>Closes stock by stock with gaps filled, if this market has them by now; see
    /// <see cref="Start"/>.</summary>
    public double[]? ByStock => _filled;

    /// <summary>Where a stock's prices from a day on start in <see cref="ByStock"/>.</summary>
    public int Start(int stock, int day) => (stock * _days) + day;

    /// <summary>Closes of a holding on the days after <paramref name="from"/>, gaps filled with the price before them;
    /// valid until the next call.</summary>
    public ReadOnlySpan<double> Filled(in Holding holding, int from, int length)
    {
        if (_filled is not null)
        {
            return _filled.AsSpan(Start(holding.Stock, from + 1), length);
        }

        var (price, index) = (holding.Price, ((from + 1) * _stocks) + holding.Stock);
        for (var i = 0; i < length; i++, index += _stocks)
        {
            price = double.IsNaN(_byDay[index]) ? price : _byDay[index];
            _gathered[i] = price;
        }

        return _gathered.AsSpan(0, length);
    }

    /// <summary>The price a stock is bought at; NaN if it has none that day.</summary>
    public double Purchase(int stock, int day)
    {
        var index = (day * _stocks) + stock;
        // An open is brought to the scale of the adjusted close by that day's own adjustment.
        return _open is null ? _byDay[index] : _open[index] * (_byDay[index] / _close[index]);
    }

    /// <summary>The price a stock is sold at: that day's, or the last one it was marked at.</summary>
    public double Sale(int stock, int day, double last)
    {
        var price = Purchase(stock, day);
        return double.IsNaN(price) ? last : price;
    }

    /// <summary>Whether a stock can be neither bought nor sold that day, but will be again; never under the strict
    /// rule.</summary>
    public bool IsSuspended(int stock, int day) =>
        CanSuspend && double.IsNaN(Purchase(stock, day)) && _panel.IsListedAfter(stock, day);

    /// <summary>The first day from <paramref name="day"/> to <paramref name="last"/> on which a holding can be sold, or
    /// -1.</summary>
    public int FirstSale(int stock, int day, int last)
    {
        for (; day <= last; day++)
        {
            if (!IsSuspended(stock, day))
            {
                return day;
            }
        }

        return -1;
    }

    public void Dispose()
    {
        if (_filled is null)
        {
            ArrayPool<double>.Shared.Return(_gathered);
        }
    }
}
