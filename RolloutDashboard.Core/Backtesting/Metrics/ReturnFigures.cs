using System.Numerics;
using System.Runtime.CompilerServices;
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
        var need = Vector256.Create(required);
        var width = Vector256<double>.Count;
        var counts = default(ReturnCounts);
        var i = 0;
        for (; i <= returns.Length - (2 * width); i += 2 * width)
        {
            Add(Vector256.Create(returns[i..]), need, ref sums, ref shortfalls, ref counts);
            Add(Vector256.Create(returns[(i + width)..]), need, ref otherSums, ref otherShortfalls, ref counts);
        }

        var sum = Vector256.Sum(sums) + Vector256.Sum(otherSums);
        var shortfallSquares = Vector256.Sum(shortfalls) + Vector256.Sum(otherShortfalls);
        for (; i < returns.Length; i++)
        {
            if (!double.IsNaN(returns[i]))
            {
                sum += returns[i];
                shortfallSquares += Math.Min(returns[i] - required, 0) * Math.Min(returns[i] - required, 0);
                counts.Present++;
                counts.Gains += returns[i] > Still ? 1 : 0;
                counts.Losses += returns[i] < -Still ? 1 : 0;
            }
        }

        var mean = counts.Present == 0 ? 0 : sum / counts.Present;
        var squares = SquaresAbout(mean, returns);
        return new ReturnFigures(counts.Present, mean, squares, shortfallSquares, counts.Moved, counts.Gains);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(
        Vector256<double> value,
        Vector256<double> need,
        ref Vector256<double> sums,
        ref Vector256<double> shortfalls,
        ref ReturnCounts counts
    )
    {
        var present = Vector256.Equals(value, value);
        var shortfall = Vector256.MinNative(value - need, default) & present;
        sums += value & present;
        shortfalls += shortfall * shortfall;
        counts.Present += Lanes(present);
        counts.Gains += Lanes(Vector256.GreaterThan(value, Vector256.Create(Still)));
        counts.Losses += Lanes(Vector256.LessThan(value, Vector256.Create(-Still)));
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

    /// <summary>How many returns there are so far, and how many of them moved which way.</summary>
    private struct ReturnCounts
    {
        public int Present;
        public int Gains;
        public int Losses;

        public readonly int Moved => Gains + Losses;
    }
}
