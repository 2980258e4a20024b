using System.Numerics;
using System.Runtime.Intrinsics;

namespace RolloutDashboard.Core.Backtesting;

/// <summary>What the ratios need to know of a series of returns, gathered in two passes. A NaN return is a missing one and counts nowhere.</summary>
/// <param name="Count">Returns that are there.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="Squares">Sum of their squared distances from the mean.</param>
/// <param name="ShortfallSquares">Sum of min(r - required, 0)^2.</param>
/// <param name="Moved">Returns of more than <see cref="Still"/> either way.</param>
/// <param name="Won">Those of them that are gains.</param>
public readonly record struct ReturnFigures(int Count, double Mean, double Squares, double ShortfallSquares, int Moved, int Won)
{
    /// <summary>Returns of at most this size count as "did not move".</summary>
    public const double Still = 1e-12;

    /// <summary>Standard deviation with ddof 1; null with fewer than two returns.</summary>
    public double? Deviation => Count < 2 ? null : Math.Sqrt(Squares / (Count - 1));

    public static ReturnFigures Of(ReadOnlySpan<double> returns, double required = 0)
    {
        Vector512<double> sums = default, shortfalls = default, need = Vector512.Create(required), still = Vector512.Create(Still);
        var (count, gains, losses) = (0, 0, 0);
        var i = 0;
        for (; i <= returns.Length - Vector512<double>.Count; i += Vector512<double>.Count)
        {
            var value = Vector512.Create(returns[i..]);
            var present = Vector512.Equals(value, value);
            var shortfall = Vector512.MinNative(value - need, default) & present;
            sums += value & present;
            shortfalls += shortfall * shortfall;
            count += Lanes(present);
            gains += Lanes(Vector512.GreaterThan(value, still));
            losses += Lanes(Vector512.LessThan(value, -still));
        }

        double sum = Vector512.Sum(sums), shortfallSquares = Vector512.Sum(shortfalls);
        for (; i < returns.Length; i++)
        {
            if (!double.IsNaN(returns[i]))
            {
                sum += returns[i];
                shortfallSquares += Math.Min(returns[i] - required, 0) * Math.Min(returns[i] - required, 0);
                count++;
                gains += returns[i] > Still ? 1 : 0;
                losses += returns[i] < -Still ? 1 : 0;
            }
        }

        var mean = count == 0 ? 0 : sum / count;
        return new ReturnFigures(count, mean, SquaresAbout(mean, returns), shortfallSquares, gains + losses, gains);
    }

    private static double SquaresAbout(double mean, ReadOnlySpan<double> returns)
    {
        Vector512<double> squares = default, center = Vector512.Create(mean);
        var i = 0;
        for (; i <= returns.Length - Vector512<double>.Count; i += Vector512<double>.Count)
        {
            var value = Vector512.Create(returns[i..]);
            var distance = (value - center) & Vector512.Equals(value, value);
            squares += distance * distance;
        }

        var sum = Vector512.Sum(squares);
        for (; i < returns.Length; i++)
        {
            sum += double.IsNaN(returns[i]) ? 0 : (returns[i] - mean) * (returns[i] - mean);
        }

        return sum;
    }

    private static int Lanes(Vector512<double> mask) => BitOperations.PopCount(mask.ExtractMostSignificantBits());
}
