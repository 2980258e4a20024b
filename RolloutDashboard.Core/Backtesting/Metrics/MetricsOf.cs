using System.Buffers;
using RolloutDashboard.Core.Backtesting.Positions;

namespace RolloutDashboard.Core.Backtesting.Metrics;

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
        Columns.Changes(equity, returns);
        var year = settings.DaysPerYear;
        var riskFree = ReturnMetrics.PerPeriod(settings.RiskFreeRate, year);
        var figures = ReturnFigures.Of(returns, riskFree);
        var annual = ReturnMetrics.AnnualReturn(equity, year);
        var drawdown = ReturnMetrics.MaxDrawdown(equity);
        var metrics = new BacktestMetrics(
            TotalReturn: ReturnMetrics.TotalReturn(equity),
            AnnualReturn: annual,
            SharpeRatio: ReturnMetrics.Sharpe(figures, year, riskFree),
            SortinoRatio: ReturnMetrics.Sortino(figures, year, riskFree),
            MaxDrawdown: drawdown,
            CalmarRatio: ReturnMetrics.Calmar(annual, drawdown),
            DayWinRate: ReturnMetrics.WinRate(figures),
            TradeWinRate: null,
            Turnover: null,
            Exposure: null,
            Trades: 0,
            Volatility: ReturnMetrics.Volatility(figures, year)
        );
        ArrayPool<double>.Shared.Return(buffer);
        return metrics;
    }
}
