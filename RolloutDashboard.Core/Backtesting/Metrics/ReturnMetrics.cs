using System.Runtime.Intrinsics;

namespace RolloutDashboard.Core.Backtesting.Metrics;

/// <summary>
/// Metrics of periodic simple returns; formulas and sources in docs/metrics.md. A NaN return is a missing one: it is
/// left out of means and deviations, moves no equity, and still counts as a period. Null means "can't be computed".
/// </summary>
public static class ReturnMetrics
{
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
        equity.Length < 2
            ? null
            : Finite(Math.Pow(equity[^1] / equity[0], (double)periodsPerYear / (equity.Length - 1)) - 1);

    /// <summary>min over t of equity[t] / max(equity[0..t]) - 1, 0 or negative; the starting equity counts as a
    /// peak.</summary>
    public static double? MaxDrawdown(ReadOnlySpan<double> equity)
    {
        if (equity.Length < 2)
        {
            return null;
        }

        // Running maxima of four values at a time; a NaN anywhere makes the result NaN.
        var deepest = Vector256.Create(1d);
        var peak = equity[0];
        var i = 0;
        for (; i <= equity.Length - Vector256<double>.Count; i += Vector256<double>.Count)
        {
            var value = Vector256.Create(equity[i..]);
            var peaks = Vector256.MaxNative(value, Vector256.Shuffle(value, Vector256.Create(0L, 0, 1, 2)));
            peaks = Vector256.MaxNative(peaks, Vector256.Shuffle(peaks, Vector256.Create(0L, 1, 0, 1)));
            peaks = Vector256.MaxNative(peaks, Vector256.Create(peak));
            deepest = Vector256.Min(deepest, value / peaks);
            peak = peaks[Vector256<double>.Count - 1];
        }

        var lowest = Math.Min(Math.Min(deepest[0], deepest[1]), Math.Min(deepest[2], deepest[3]));
        for (; i < equity.Length; i++)
        {
            peak = Math.Max(peak, equity[i]);
            lowest = Math.Min(lowest, equity[i] / peak);
        }

        return Finite(lowest - 1);
    }

    /// <summary>Annual return / |max drawdown|; null without a drawdown.</summary>
    public static double? Calmar(double? annualReturn, double? maxDrawdown) =>
        maxDrawdown is { } drawdown && drawdown < 0 && annualReturn is { } annual ? Finite(annual / -drawdown) : null;

    /// <summary>Return of one period that compounds to <paramref name="yearly"/>: (1 + yearly)^(1 / periodsPerYear) -
    /// 1.</summary>
    public static double PerPeriod(double yearly, int periodsPerYear) =>
        yearly == 0 ? 0 : Math.Pow(1 + yearly, 1d / periodsPerYear) - 1;

    /// <summary>Yearly standard deviation: deviation * sqrt(periodsPerYear).</summary>
    public static double? Volatility(in ReturnFigures figures, int periodsPerYear) =>
        figures.Deviation is { } deviation ? Finite(deviation * Math.Sqrt(periodsPerYear)) : null;

    /// <summary>Mean excess return / deviation * sqrt(periodsPerYear); null for zero variance.</summary>
    /// <param name="riskFree">Risk-free return of one period.</param>
    public static double? Sharpe(in ReturnFigures figures, int periodsPerYear, double riskFree = 0) =>
        figures.Deviation is { } deviation && !IsZeroDeviation(figures.Mean, deviation)
            ? Finite((figures.Mean - riskFree) / deviation * Math.Sqrt(periodsPerYear))
            : null;

    /// <summary>Whether a deviation is nothing but rounding of equal returns.</summary>
    public static bool IsZeroDeviation(double mean, double deviation) =>
        !(deviation > 1e-14 + (1e-12 * Math.Abs(mean)));

    /// <summary>sqrt(mean(min(r - required, 0)^2)) * sqrt(periodsPerYear), over all periods; null without
    /// returns.</summary>
    /// <param name="figures">Gathered with the required return.</param>
    public static double? DownsideRisk(in ReturnFigures figures, int periodsPerYear) =>
        figures.Count == 0
            ? null
            : Finite(Math.Sqrt(figures.ShortfallSquares / figures.Count) * Math.Sqrt(periodsPerYear));

    /// <summary>Mean excess return * periodsPerYear / downside risk; null without a day below
    /// <paramref name="required"/>.</summary>
    /// <param name="figures">Gathered with the required return.</param>
    public static double? Sortino(in ReturnFigures figures, int periodsPerYear, double required = 0) =>
        DownsideRisk(figures, periodsPerYear) is { } risk && risk > 1e-14
            ? Finite((figures.Mean - required) * periodsPerYear / risk)
            : null;

    /// <summary>Share of gains among the periods that moved by more than 1e-12; null if none did.</summary>
    public static double? WinRate(in ReturnFigures figures) =>
        figures.Moved == 0 ? null : (double)figures.Won / figures.Moved;

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
