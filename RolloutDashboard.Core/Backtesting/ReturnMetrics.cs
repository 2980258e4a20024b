namespace RolloutDashboard.Core.Backtesting;

/// <summary>
/// Metrics of periodic simple returns; formulas and sources in docs/metrics.md. A NaN return is a missing one: it is left out of means
/// and deviations, moves no equity, and still counts as a period. Null means "can't be computed".
/// </summary>
public static class ReturnMetrics
{
    /// <summary>Returns of at most this size count as "did not move".</summary>
    private const double Still = 1e-12;

    /// <summary>Equity of 1 before the first return, then after each.</summary>
    public static double[] Equity(ReadOnlySpan<double> returns)
    {
        var equity = new double[returns.Length + 1];
        equity[0] = 1;
        for (var i = 0; i < returns.Length; i++)
        {
            equity[i + 1] = equity[i] * (1 + (double.IsNaN(returns[i]) ? 0 : returns[i]));
        }

        return equity;
    }

    /// <summary>Last equity / first equity - 1; null with fewer than two values.</summary>
    public static double? TotalReturn(ReadOnlySpan<double> equity) =>
        equity.Length < 2 ? null : Finite((equity[^1] / equity[0]) - 1);

    /// <summary>Compound yearly return: (last / first)^(periodsPerYear / periods) - 1.</summary>
    public static double? AnnualReturn(ReadOnlySpan<double> equity, int periodsPerYear) =>
        equity.Length < 2 ? null : Finite(Math.Pow(equity[^1] / equity[0], (double)periodsPerYear / (equity.Length - 1)) - 1);

    /// <summary>min over t of equity[t] / max(equity[0..t]) - 1, 0 or negative; the starting equity counts as a peak.</summary>
    public static double? MaxDrawdown(ReadOnlySpan<double> equity)
    {
        if (equity.Length < 2)
        {
            return null;
        }

        double peak = equity[0], deepest = 0;
        foreach (var value in equity)
        {
            if (value > peak)
            {
                peak = value;
            }
            else
            {
                deepest = Math.Min(deepest, (value / peak) - 1);
            }
        }

        return Finite(deepest);
    }

    /// <summary>Annual return / |max drawdown|; null without a drawdown.</summary>
    public static double? Calmar(double? annualReturn, double? maxDrawdown) =>
        maxDrawdown is { } drawdown && drawdown < 0 && annualReturn is { } annual ? Finite(annual / -drawdown) : null;

    /// <summary>Return of one period that compounds to <paramref name="yearly"/>: (1 + yearly)^(1 / periodsPerYear) - 1.</summary>
    public static double PerPeriod(double yearly, int periodsPerYear) => yearly == 0 ? 0 : Math.Pow(1 + yearly, 1d / periodsPerYear) - 1;

    /// <summary>Mean and standard deviation (ddof 1); null with fewer than two returns.</summary>
    public static (double Mean, double Deviation)? MeanAndDeviation(ReadOnlySpan<double> returns)
    {
        double sum = 0;
        var count = 0;
        foreach (var value in returns)
        {
            if (!double.IsNaN(value))
            {
                sum += value;
                count++;
            }
        }

        if (count < 2)
        {
            return null;
        }

        double mean = sum / count, squares = 0;
        foreach (var value in returns)
        {
            if (!double.IsNaN(value))
            {
                squares += (value - mean) * (value - mean);
            }
        }

        return (mean, Math.Sqrt(squares / (count - 1)));
    }

    /// <summary>Yearly standard deviation: deviation * sqrt(periodsPerYear).</summary>
    public static double? Volatility(ReadOnlySpan<double> returns, int periodsPerYear) =>
        MeanAndDeviation(returns) is { } moments ? Finite(moments.Deviation * Math.Sqrt(periodsPerYear)) : null;

    /// <summary>Mean excess return / deviation * sqrt(periodsPerYear); null for zero variance.</summary>
    /// <param name="riskFree">Risk-free return of one period.</param>
    public static double? Sharpe(ReadOnlySpan<double> returns, int periodsPerYear, double riskFree = 0) =>
        MeanAndDeviation(returns) is { } moments && !IsZeroDeviation(moments.Mean, moments.Deviation)
            ? Finite((moments.Mean - riskFree) / moments.Deviation * Math.Sqrt(periodsPerYear))
            : null;

    /// <summary>Whether a deviation is nothing but rounding of equal returns.</summary>
    public static bool IsZeroDeviation(double mean, double deviation) => !(deviation > 1e-14 + (1e-12 * Math.Abs(mean)));

    /// <summary>sqrt(mean(min(r - required, 0)^2)) * sqrt(periodsPerYear), over all periods; null without returns.</summary>
    public static double? DownsideRisk(ReadOnlySpan<double> returns, int periodsPerYear, double required = 0)
    {
        double squares = 0;
        var count = 0;
        foreach (var value in returns)
        {
            if (!double.IsNaN(value))
            {
                var shortfall = Math.Min(value - required, 0);
                squares += shortfall * shortfall;
                count++;
            }
        }

        return count == 0 ? null : Finite(Math.Sqrt(squares / count) * Math.Sqrt(periodsPerYear));
    }

    /// <summary>Mean excess return * periodsPerYear / downside risk; null without a day below <paramref name="required"/>.</summary>
    public static double? Sortino(ReadOnlySpan<double> returns, int periodsPerYear, double required = 0)
    {
        if (DownsideRisk(returns, periodsPerYear, required) is not { } risk || risk <= 1e-14)
        {
            return null;
        }

        double sum = 0;
        var count = 0;
        foreach (var value in returns)
        {
            if (!double.IsNaN(value))
            {
                sum += value - required;
                count++;
            }
        }

        return Finite(sum / count * periodsPerYear / risk);
    }

    /// <summary>Share of gains among the periods that moved by more than 1e-12; null if none did.</summary>
    public static double? WinRate(ReadOnlySpan<double> returns)
    {
        int moved = 0, won = 0;
        foreach (var value in returns)
        {
            if (Math.Abs(value) > Still)
            {
                moved++;
                won += value > 0 ? 1 : 0;
            }
        }

        return moved == 0 ? null : (double)won / moved;
    }

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
