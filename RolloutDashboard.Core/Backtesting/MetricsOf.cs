using System.Buffers;

namespace RolloutDashboard.Core.Backtesting;

/// <summary>The metrics of an equity curve.</summary>
public static class MetricsOf
{
    /// <summary>Everything an equity curve alone tells; turnover, exposure and trades stay empty.</summary>
    /// <param name="equity">One value per day; the first is the start.</param>
    public static BacktestMetrics Equity(ReadOnlySpan<double> equity, BacktestSettings settings)
    {
        var count = Math.Max(equity.Length - 1, 0);
        var buffer = ArrayPool<double>.Shared.Rent(count);
        var returns = buffer.AsSpan(0, count);
        for (var i = 0; i < count; i++)
        {
            returns[i] = (equity[i + 1] / equity[i]) - 1;
        }

        var year = settings.DaysPerYear;
        var riskFree = ReturnMetrics.PerPeriod(settings.RiskFreeRate, year);
        var annual = ReturnMetrics.AnnualReturn(equity, year);
        var drawdown = ReturnMetrics.MaxDrawdown(equity);
        var metrics = new BacktestMetrics(
            TotalReturn: ReturnMetrics.TotalReturn(equity),
            AnnualReturn: annual,
            SharpeRatio: ReturnMetrics.Sharpe(returns, year, riskFree),
            SortinoRatio: ReturnMetrics.Sortino(returns, year, riskFree),
            MaxDrawdown: drawdown,
            CalmarRatio: ReturnMetrics.Calmar(annual, drawdown),
            DayWinRate: ReturnMetrics.WinRate(returns),
            TradeWinRate: null,
            Turnover: null,
            Exposure: null,
            Trades: 0,
            Volatility: ReturnMetrics.Volatility(returns, year));
        ArrayPool<double>.Shared.Return(buffer);
        return metrics;
    }
}
