using System.Numerics;
using System.Runtime.Intrinsics;

namespace RolloutDashboard.Core.Backtesting;

/// <summary>Picks the best stocks of one day.</summary>
public static class Ranking
{
    /// <summary>Marks a stock that may not be picked.</summary>
    public const double NotEligible = double.NegativeInfinity;

    private const int LargestOnStack = 256;

    /// <summary>Indices of the largest keys, best first, ties to the smaller index; NaN and negative infinity are never picked.</summary>
    /// <param name="count">Most picks; fewer come if fewer are eligible.</param>
    public static int[] Largest(ReadOnlySpan<double> keys, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        count = Math.Min(count, keys.Length);
        var best = new Best(
            count <= LargestOnStack ? stackalloc double[count] : new double[count],
            count <= LargestOnStack ? stackalloc int[count] : new int[count]);
        best.Threshold = Bound(keys, count);
        var width = Vector256<double>.Count;
        var start = 0;
        for (; start <= keys.Length - width; start += width)
        {
            // Most stocks are no candidates: a whole vector of them costs one comparison.
            var candidates = Vector256.GreaterThan(Vector256.Create(keys[start..]), Vector256.Create(best.Threshold)).ExtractMostSignificantBits();
            for (; candidates != 0; candidates &= candidates - 1)
            {
                best.Offer(keys, start + BitOperations.TrailingZeroCount(candidates));
            }
        }

        for (; start < keys.Length; start++)
        {
            best.Offer(keys, start);
        }

        return best.Picks.ToArray();
    }

    /// <summary>
    /// A number that each of the best keys exceeds, so that few others are looked at: of the largest keys of 16 groups of stocks the
    /// count-th is at most the count-th of all.
    /// </summary>
    private static double Bound(ReadOnlySpan<double> keys, int count)
    {
        const int groups = 16;
        if (count > groups)
        {
            return NotEligible;
        }

        var width = Vector256<double>.Count;
        Vector256<double> a = Vector256.Create(NotEligible), b = a, c = a, d = a;
        for (var i = 0; i <= keys.Length - groups; i += groups)
        {
            var row = keys.Slice(i, groups);
            a = Larger(Vector256.Create(row), a);
            b = Larger(Vector256.Create(row[width..]), b);
            c = Larger(Vector256.Create(row[(2 * width)..]), c);
            d = Larger(Vector256.Create(row[(3 * width)..]), d);
        }

        // A group's largest key leads if fewer than count others are above it; the least of those is the count-th.
        Span<double> largest = stackalloc double[groups];
        a.CopyTo(largest);
        b.CopyTo(largest[width..]);
        c.CopyTo(largest[(2 * width)..]);
        d.CopyTo(largest[(3 * width)..]);
        Vector256<long> aboveA = default, aboveB = default, aboveC = default, aboveD = default;
        foreach (var key in largest)
        {
            var one = Vector256.Create(key);
            aboveA -= Vector256.GreaterThan(one, a).AsInt64();
            aboveB -= Vector256.GreaterThan(one, b).AsInt64();
            aboveC -= Vector256.GreaterThan(one, c).AsInt64();
            aboveD -= Vector256.GreaterThan(one, d).AsInt64();
        }

        var few = Vector256.Create((long)count);
        var leading = Vector256.MinNative(
            Vector256.MinNative(Leading(aboveA, a), Leading(aboveB, b)),
            Vector256.MinNative(Leading(aboveC, c), Leading(aboveD, d)));
        return Math.BitDecrement(Math.Min(Math.Min(leading[0], leading[1]), Math.Min(leading[2], leading[3])));

        // NaN is larger than nothing.
        static Vector256<double> Larger(Vector256<double> key, Vector256<double> than) =>
            Vector256.ConditionalSelect(Vector256.GreaterThan(key, than), key, than);

        Vector256<double> Leading(Vector256<long> above, Vector256<double> keys) =>
            Vector256.ConditionalSelect(Vector256.LessThan(above, few).AsDouble(), keys, Vector256.Create(double.PositiveInfinity));
    }

    /// <summary>The best so far in order. Few are kept, so that moving them up costs less than a heap and its sorting at the end.</summary>
    private ref struct Best(Span<double> keys, Span<int> stocks)
    {
        private readonly Span<double> _keys = keys;
        private readonly Span<int> _stocks = stocks;
        private int _count;

        /// <summary>A key must be larger to be kept.</summary>
        public double Threshold { get; set; } = NotEligible;

        public readonly ReadOnlySpan<int> Picks => _stocks[.._count];

        public void Offer(ReadOnlySpan<double> offered, int stock)
        {
            var key = offered[stock];
            if (!(key > Threshold))
            {
                return;
            }

            // Stocks come in ascending order, so one with an equal key stays behind those before it.
            var slot = _count < _keys.Length ? _count++ : _count - 1;
            for (; slot > 0 && _keys[slot - 1] < key; slot--)
            {
                _keys[slot] = _keys[slot - 1];
                _stocks[slot] = _stocks[slot - 1];
            }

            _keys[slot] = key;
            _stocks[slot] = stock;
            Threshold = _count == _keys.Length ? _keys[_count - 1] : Threshold;
        }
    }
}
