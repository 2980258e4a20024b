using System.Numerics;
using System.Runtime.Intrinsics;

namespace RolloutDashboard.Core.Backtesting.Metrics;

/// <summary>What the ratios need to know of a series of returns, gathered in two passes. A NaN return is a missing one
/// and counts nowhere.</summary>
/// <param name="Count">Returns that are there.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="Squares">Sum of their squared distances from the mean.</param>
/// <param name="ShortfallSquares">Sum of min(r - required, 0)^2.</param>
/// <param name="Moved">Returns of more than <see cref="Still"/> either way.</param>
/// <param name="Won">Those of them that are gains.</param>
public readonly record struct ReturnFigures(
    int Count,
    double Mean,
    double Squares,
    double ShortfallSquares,
    int Moved,
    int Won
)
{
    /// <summary>Returns of at most this size count as "did not move".</summary>
    public const double Still = 1e-12;

    /// <summary>Standard deviation with ddof 1; null with fewer than two returns.</summary>
    public double? Deviation => Count < 2 ? null : Math.Sqrt(Squares / (Count - 1));

    public static ReturnFigures Of(ReadOnlySpan<double> returns, double required = 0)
    {
        // Eight sums side by side in two vectors.
        Vector256<double> sums = default,
            otherSums = default,
            shortfalls = default,
            otherShortfalls = default;
        Vector256<double> need = Vector256.Create(required),
            still = Vector256.Create(Still);
        var width = Vector256<double>.Count;
        var (count, gains, losses) = (0, 0, 0);
        var i = 0;
        for (; i <= returns.Length - (2 * width); i += 2 * width)
        {
            Add(Vector256.Create(returns[i..]), ref sums, ref shortfalls);
            Add(Vector256.Create(returns[(i + width)..]), ref otherSums, ref otherShortfalls);
        }

        var sum = Vector256.Sum(sums) + Vector256.Sum(otherSums);
        var shortfallSquares = Vector256.Sum(shortfalls) + Vector256.Sum(otherShortfalls);
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

        void Add(Vector256<double> value, ref Vector256<double> sums, ref Vector256<double> shortfalls)
        {
            var present = Vector256.Equals(value, value);
            var shortfall = Vector256.MinNative(value - need, default) & present;
            sums += value & present;
            shortfalls += shortfall * shortfall;
            count += Lanes(present);
            gains += Lanes(Vector256.GreaterThan(value, still));
            losses += Lanes(Vector256.LessThan(value, -still));
        }
    }

    private static double SquaresAbout(double mean, ReadOnlySpan<double> returns)
    {
        Vector256<double> squares = default,
            otherSquares = default,
            center = Vector256.Create(mean);
        var width = Vector256<double>.Count;
        var i = 0;
        for (; i <= returns.Length - (2 * width); i += 2 * width)
        {
            Vector256<double> value = Vector256.Create(returns[i..]),
                other = Vector256.Create(returns[(i + width)..]);
            var distance = (value - center) & Vector256.Equals(value, value);
            var otherDistance = (other - center) & Vector256.Equals(other, other);
            squares += distance * distance;
            otherSquares += otherDistance * otherDistance;
        }

        var sum = Vector256.Sum(squares) + Vector256.Sum(otherSquares);
        for (; i < returns.Length; i++)
        {
            sum += double.IsNaN(returns[i]) ? 0 : (returns[i] - mean) * (returns[i] - mean);
        }

        return sum;
    }

    private static int Lanes(Vector256<double> mask) => BitOperations.PopCount(mask.ExtractMostSignificantBits());
}
