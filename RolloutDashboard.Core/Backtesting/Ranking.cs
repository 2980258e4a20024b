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
        var width = Vector512<double>.Count;
        var start = 0;
        for (; start <= keys.Length - width; start += width)
        {
            // Most stocks are no candidates: a whole vector of them costs one comparison.
            var candidates = Vector512.GreaterThan(Vector512.Create(keys[start..]), Vector512.Create(best.Threshold)).ExtractMostSignificantBits();
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
        var width = Vector512<double>.Count;
        if (count > 2 * width)
        {
            return NotEligible;
        }

        Vector512<double> even = Vector512.Create(NotEligible), odd = even;
        for (var i = 0; i <= keys.Length - (2 * width); i += 2 * width)
        {
            Vector512<double> first = Vector512.Create(keys[i..]), second = Vector512.Create(keys[(i + width)..]);
            even = Vector512.ConditionalSelect(Vector512.GreaterThan(first, even), first, even);
            odd = Vector512.ConditionalSelect(Vector512.GreaterThan(second, odd), second, odd);
        }

        Vector512<long> aboveEven = default, aboveOdd = default;
        for (var lane = 0; lane < width; lane++)
        {
            Vector512<double> one = Vector512.Create(even[lane]), other = Vector512.Create(odd[lane]);
            aboveEven -= Vector512.GreaterThan(one, even).AsInt64() + Vector512.GreaterThan(other, even).AsInt64();
            aboveOdd -= Vector512.GreaterThan(one, odd).AsInt64() + Vector512.GreaterThan(other, odd).AsInt64();
        }

        Vector512<long> few = Vector512.Create((long)count);
        var none = Vector512.Create(double.PositiveInfinity);
        var leading = Vector512.Min(
            Vector512.ConditionalSelect(Vector512.LessThan(aboveEven, few).AsDouble(), even, none),
            Vector512.ConditionalSelect(Vector512.LessThan(aboveOdd, few).AsDouble(), odd, none));
        var bound = leading[0];
        for (var lane = 1; lane < width; lane++)
        {
            bound = Math.Min(bound, leading[lane]);
        }

        return Math.BitDecrement(bound);
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
