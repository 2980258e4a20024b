using System.Buffers;
using System.Runtime.CompilerServices;
using RolloutDashboard.Core.Backtesting.Metrics;
using RolloutDashboard.Core.Backtesting.Positions;
using RolloutDashboard.Core.Market;

namespace RolloutDashboard.Core.Backtesting;

/// <summary>One backtest in progress. Between two rebalances each holding is one scaled column of prices, so days are
/// summed by stock.</summary>
internal sealed partial class BacktestRun : IDisposable
{
    private readonly PositionPlan _plan;
    private readonly BacktestSettings _settings;
    private readonly PriceColumns _prices;
    private readonly int _first;
    private readonly int _last;
    private readonly double[] _equity;
    private readonly double[] _cashOfDay;
    private readonly double[] _invested;
    private ScaledColumn[] _columns;
    private readonly List<ExecutedRebalance>? _rebalances;
    private readonly List<ClosedTrade>? _trades;
    private Holding[] _held;
    private Holding[] _next;
    private int _count;
    private double _cash = 1;
    private double _turnover;
    private int _turnovers;
    private int _closed;
    private int _won;

    public BacktestRun(
        MarketPanel panel,
        PositionPlan plan,
        BacktestSettings settings,
        int firstDay,
        int dayCount,
        bool detailed
    )
    {
        Backtester.Check(panel, plan, firstDay, dayCount);
        _plan = plan;
        _settings = settings;
        _prices = new PriceColumns(panel, settings.TradeAt);
        _first = firstDay;
        _last = firstDay + dayCount - 1;
        _equity = new double[dayCount];
        _cashOfDay = ArrayPool<double>.Shared.Rent(dayCount);
        _invested = ArrayPool<double>.Shared.Rent(dayCount);
        var largest = 0;
        foreach (var rebalance in plan.Rebalances)
        {
            largest = Math.Max(largest, rebalance.Picks.Length);
        }

        _held = ArrayPool<Holding>.Shared.Rent(largest);
        _next = ArrayPool<Holding>.Shared.Rent(largest);
        _columns = ArrayPool<ScaledColumn>.Shared.Rent(largest);
        _rebalances = detailed ? [] : null;
        _trades = detailed ? [] : null;
    }

    public IReadOnlyList<ExecutedRebalance> Rebalances => _rebalances ?? [];

    public IReadOnlyList<ClosedTrade> Trades => _trades ?? [];

    public BacktestResult Execute()
    {
        _cashOfDay[0] = 1;
        _invested[0] = 0;
        int position = _first,
            traded = _first;
        foreach (var rebalance in _plan.Rebalances)
        {
            var day = rebalance.SignalDay + 1;
            if (rebalance.SignalDay < _first || day > _last)
            {
                continue;
            }

            var markUntil = _prices.TradesAtOpen ? day - 1 : day;
            Advance(position, markUntil, traded, lastSale: day - 1);
            Trade(rebalance, day);
            position = markUntil;
            traded = day;
            if (!_prices.TradesAtOpen)
            {
                _cashOfDay[day - _first] = _cash;
                _invested[day - _first] = Invested();
            }
        }

        Advance(position, _last, traded, lastSale: _last);
        var exposure = Columns.AddAndShare(_cashOfDay, _invested, _equity);
        return new BacktestResult(Measure(exposure), _first, _equity);
    }

    public void Dispose()
    {
        _prices.Dispose();
        ArrayPool<double>.Shared.Return(_cashOfDay);
        ArrayPool<double>.Shared.Return(_invested);
        ArrayPool<Holding>.Shared.Return(_held);
        ArrayPool<Holding>.Shared.Return(_next);
        ArrayPool<ScaledColumn>.Shared.Return(_columns);
    }

    /// <summary>Values the days after <paramref name="from"/> up to <paramref name="to"/> and carries out stops whose
    /// sale day is at most <paramref name="lastSale"/>.</summary>
    private void Advance(int from, int to, int traded, int lastSale)
    {
        var length = to - from;
        if (length <= 0)
        {
            return;
        }

        var invested = _invested.AsSpan(from + 1 - _first, length);
        var cash = _cashOfDay.AsSpan(from + 1 - _first, length);
        cash.Fill(_cash);
        if (_plan is { StopLoss: null, TakeProfit: null } && _prices.ByStock is { } prices)
        {
            Hold(prices, from, invested);
            return;
        }

        invested.Clear();
        var kept = 0;
        for (var i = 0; i < _count; i++)
        {
            ref var holding = ref _held[i];
            var column = _prices.Filled(holding, from, length);
            var sale = SaleDay(holding, column, from + 1, traded + 1, lastSale, out var reason);
            var marked = sale < 0 ? length : sale - from - 1;
            Columns.AddScaled(invested[..marked], column, holding.Value / holding.Price);
            if (sale < 0)
            {
                holding.Mark(column[^1]);
                _held[kept++] = holding;
                continue;
            }

            var proceeds = Sell(ref holding, sale, last: column[marked - 1], reason);
            _cash += proceeds;
            Columns.Add(cash[marked..], proceeds);
        }

        _count = kept;
    }

    /// <summary>Sells a holding at the price of a day, or at the last one if it has none that day; returns what comes
    /// in after costs.</summary>
    private double Sell(ref Holding holding, int day, double last, SaleReason reason)
    {
        holding.Mark(_prices.Sale(holding.Stock, day, last));
        var proceeds = holding.Value - SaleCost(holding.Value);
        holding.Profit -= SaleCost(holding.Value);
        Close(holding, day, reason);
        return proceeds;
    }

    /// <summary>Values all holdings at once where none can be sold on the way; sums in the same order as one after the
    /// other.</summary>
    private void Hold(double[] prices, int from, Span<double> invested)
    {
        for (var i = 0; i < _count; i++)
        {
            ref var holding = ref _held[i];
            _columns[i] = new ScaledColumn(_prices.Start(holding.Stock, from + 1), holding.Value / holding.Price);
            holding.Mark(prices[_columns[i].Start + invested.Length - 1]);
        }

        Columns.SumScaled(prices, _columns.AsSpan(0, _count), invested);
    }

    /// <summary>The day on which a stop loss or take profit sells, or -1. Checked at each close but not on a trade day,
    /// sold on the next day.</summary>
    private int SaleDay(
        in Holding holding,
        ReadOnlySpan<double> column,
        int firstDay,
        int firstCheck,
        int lastSale,
        out SaleReason reason
    )
    {
        reason = SaleReason.StopLoss;
        if (_plan.StopLoss is null && _plan.TakeProfit is null)
        {
            return -1;
        }

        double stop = -_plan.StopLoss ?? double.NegativeInfinity,
            profit = _plan.TakeProfit ?? double.PositiveInfinity;
        for (var day = firstCheck; day < lastSale; day++)
        {
            var gain = (column[day - firstDay] / holding.Entry) - 1;
            if (gain <= stop || gain >= profit)
            {
                reason = gain <= stop ? SaleReason.StopLoss : SaleReason.TakeProfit;
                return _prices.FirstSale(holding.Stock, day + 1, lastSale);
            }
        }

        return -1;
    }

    private void Trade(Rebalance rebalance, int day)
    {
        var picks = rebalance.Picks;
        if (picks.Length == 0 && _count == 0)
        {
            _rebalances?.Add(new ExecutedRebalance(rebalance.SignalDay, day, picks, 0, 0));
            return;
        }

        MarkAtOpen(day);
        var equity = _cash + Invested();
        var weight = picks.Length == 0 ? 0 : Math.Min(1d / picks.Length, _plan.PositionLimit);
        var kept = _prices.CanSuspend ? Suspend(picks, day) : default;
        var target = kept.Each(equity, weight);
        var (count, bought, sold, share) = Order(picks, day, weight, target);
        sold += SellRest(day);
        var cost = (_settings.Commission * (bought + sold)) + (_settings.SalesTax * sold);
        var after = equity - cost;
        var each = kept.Each(after, weight);
        for (var i = 0; i < count; i++)
        {
            _next[i].Value = each;
        }

        _cash = kept.Count == 0 ? after * (1 - share) : after - kept.Value - (count * each);
        count = KeepSuspended(kept, count, day);
        (_held, _next, _count) = (_next, _held, count);
        var turnover = (bought + sold) / equity;
        _turnover += turnover;
        _turnovers++;
        _rebalances?.Add(new ExecutedRebalance(rebalance.SignalDay, day, picks, turnover, cost));
    }

    private void MarkAtOpen(int day)
    {
        if (!_prices.TradesAtOpen)
        {
            return;
        }

        for (var i = 0; i < _count; i++)
        {
            _held[i].Mark(_prices.Sale(_held[i].Stock, day, _held[i].Price));
        }
    }

    /// <summary>Brings each pick that has a price to its target value; their values follow once the costs are
    /// known.</summary>
    private Orders Order(int[] picks, int day, double weight, double target)
    {
        var count = 0;
        double bought = 0,
            sold = 0,
            share = 0;
        foreach (var stock in picks)
        {
            var price = _prices.Purchase(stock, day);
            if (double.IsNaN(price))
            {
                continue;
            }

            var entry = new Holding
            {
                Stock = stock,
                Price = price,
                Entry = price,
                BuyDay = day,
                BuyPrice = price,
            };
            var change = target - TakeOver(ref entry);
            bought += Math.Max(change, 0);
            sold += Math.Max(-change, 0);
            entry.Profit -= change > 0 ? _settings.Commission * change : SaleCost(-change);
            share += weight;
            _next[count++] = entry;
        }

        return new Orders(count, bought, sold, share);
    }

    /// <summary>Lets a new entry go on with what is held of its stock; returns the value held so far.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private double TakeOver(ref Holding entry)
    {
        var index = IndexOf(entry.Stock);
        if (index < 0)
        {
            return 0;
        }

        ref var held = ref _held[index];
        entry.BuyDay = held.BuyDay;
        entry.BuyPrice = held.BuyPrice;
        entry.Profit = held.Profit;
        held.Stock = -1;
        return held.Value;
    }

    /// <summary>Sells what was not picked again, at its last price if it has none that day.</summary>
    private double SellRest(int day)
    {
        double sold = 0;
        for (var i = 0; i < _count; i++)
        {
            if (_held[i].Stock >= 0 && !_prices.IsSuspended(_held[i].Stock, day))
            {
                sold += _held[i].Value;
                _held[i].Profit -= SaleCost(_held[i].Value);
                Close(_held[i], day, SaleReason.Rebalance);
            }
        }

        return sold;
    }

    private double SaleCost(double value) => (_settings.Commission + _settings.SalesTax) * value;

    private void Close(in Holding holding, int day, SaleReason reason)
    {
        _closed++;
        _won += holding.Profit > 0 ? 1 : 0;
        _trades?.Add(
            new ClosedTrade(holding.Stock, holding.BuyDay, holding.BuyPrice, day, holding.Price, holding.Profit, reason)
        );
    }

    private int IndexOf(int stock)
    {
        for (var i = 0; i < _count; i++)
        {
            if (_held[i].Stock == stock)
            {
                return i;
            }
        }

        return -1;
    }

    private double Invested()
    {
        double sum = 0;
        for (var i = 0; i < _count; i++)
        {
            sum += _held[i].Value;
        }

        return sum;
    }

    private BacktestMetrics Measure(double exposure) =>
        ExposureFloor.Apply(
            MetricsOf.Equity(_equity, _settings) with
            {
                Turnover = _turnovers > 0 && double.IsFinite(_turnover) ? _turnover / _turnovers : null,
                Exposure = double.IsFinite(exposure) ? exposure / _equity.Length : null,
                Trades = _closed,
                TradeWinRate = _closed == 0 ? null : (double)_won / _closed,
            }
        );

    /// <summary>What a rebalance buys and sells by value, and the new holdings with their share of the
    /// equity.</summary>
    private readonly record struct Orders(int Count, double Bought, double Sold, double Share);
}
