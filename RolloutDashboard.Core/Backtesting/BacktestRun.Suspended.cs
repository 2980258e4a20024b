using System.Buffers;
using RolloutDashboard.Core.Backtesting.Positions;

namespace RolloutDashboard.Core.Backtesting;

/// <summary>Holdings that a rebalance finds without a price, though their stock is still listed: they are kept as they
/// are.</summary>
internal sealed partial class BacktestRun
{
    private SuspendedHoldings Suspend(int[] picks, int day)
    {
        var (count, value) = (0, 0d);
        for (var i = 0; i < _count; i++)
        {
            if (_prices.IsSuspended(_held[i].Stock, day))
            {
                count++;
                value += _held[i].Value;
            }
        }

        if (count == 0)
        {
            return default;
        }

        MakeRoom(picks.Length + count);
        var tradable = 0;
        foreach (var stock in picks)
        {
            tradable += double.IsNaN(_prices.Purchase(stock, day)) ? 0 : 1;
        }

        return new SuspendedHoldings(count, value, tradable);
    }

    /// <summary>Takes the suspended holdings over behind the <paramref name="count"/> new ones; returns how many there
    /// are then.</summary>
    private int KeepSuspended(in SuspendedHoldings kept, int count, int day)
    {
        for (var i = 0; i < _count && kept.Count > 0; i++)
        {
            if (_held[i].Stock >= 0 && _prices.IsSuspended(_held[i].Stock, day))
            {
                _next[count++] = _held[i];
            }
        }

        return count;
    }

    private void MakeRoom(int holdings)
    {
        if (_next.Length < holdings)
        {
            ArrayPool<Holding>.Shared.Return(_next);
            _next = ArrayPool<Holding>.Shared.Rent(holdings);
        }

        if (_columns.Length < holdings)
        {
            ArrayPool<ScaledColumn>.Shared.Return(_columns);
            _columns = ArrayPool<ScaledColumn>.Shared.Rent(holdings);
        }
    }
}
