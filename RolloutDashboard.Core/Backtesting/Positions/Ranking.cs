using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace RolloutDashboard.Core.Backtesting.Positions;

/// <summary>Picks the best stocks of one day.</summary>
public static class Ranking
{
    /// <summary>Marks a stock that may not be picked.</summary>
    public const double NotEligible = double.NegativeInfinity;

    private const int LargestOnStack = 256;
    private const int Groups = 16;
    private const int Block = 64;

    /// <summary>Above the bound are some 16 keys; a bit of a word is one's rank, so no more than it has bits.</summary>
    private const int MostCandidates = 64;

    /// <summary>Indices of the largest keys, best first, ties to the smaller index; NaN and negative infinity are never
    /// picked.</summary>
    /// <param name="count">Most picks; fewer come if fewer are eligible.</param>
    public static int[] Largest(ReadOnlySpan<double> keys, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        count = Math.Min(count, keys.Length);
        if (count > Groups)
        {
            return LargestOf(keys, count);
        }

        Span<double> candidates = stackalloc double[MostCandidates];
        Span<int> stocks = stackalloc int[MostCandidates];
        var found = Candidates(keys, Bound(keys, count), candidates, stocks);
        return found < 0 ? LargestOf(keys, count) : Ranked(candidates, stocks, found, count);
    }

    /// <summary>The largest of any number of keys, one after the other.</summary>
    private static int[] LargestOf(ReadOnlySpan<double> keys, int count)
    {
        var best = new Best(
            count <= LargestOnStack ? stackalloc double[count] : new double[count],
            count <= LargestOnStack ? stackalloc int[count] : new int[count]
        );
        for (var start = 0; start < keys.Length; start += Block)
        {
            // Most stocks are no candidates: a whole block of them costs few comparisons.
            for (var above = Above(keys, start, best.Threshold); above != 0; above &= above - 1)
            {
                best.Offer(keys, start + BitOperations.TrailingZeroCount(above));
            }
        }

        return best.Picks.ToArray();
    }

    /// <summary>Finds the keys above a bound, in the order of the stocks; how many there are, or -1 if they don't
    /// fit.</summary>
    private static int Candidates(ReadOnlySpan<double> keys, double bound, Span<double> found, Span<int> stocks)
    {
        var count = 0;
        for (var start = 0; start < keys.Length; start += Block)
        {
            var above = Above(keys, start, bound);
            if (count + BitOperations.PopCount(above) > found.Length)
            {
                return -1;
            }

            for (; above != 0; above &= above - 1)
            {
                var stock = start + BitOperations.TrailingZeroCount(above);
                found[count] = keys[stock];
                stocks[count++] = stock;
            }
        }

        return count;
    }

    /// <summary>A bit for each of the up to 64 keys from <paramref name="start"/> on that is above a bound.</summary>
    private static ulong Above(ReadOnlySpan<double> keys, int start, double bound)
    {
        var width = Vector256<double>.Count;
        var block = keys.Slice(start, Math.Min(Block, keys.Length - start));
        var limit = Vector256.Create(bound);
        ulong above = 0;
        var i = 0;
        for (; i <= block.Length - width; i += width)
        {
            above |=
                (ulong)Vector256.GreaterThan(Vector256.Create(block[i..]), limit).ExtractMostSignificantBits() << i;
        }

        for (; i < block.Length; i++)
        {
            above |= block[i] > bound ? 1UL << i : 0;
        }

        return above;
    }

    /// <summary>The best of few candidates: a key's rank is the number of larger ones, counted without a branch that
    /// depends on them.</summary>
    private static int[] Ranked(Span<double> keys, ReadOnlySpan<int> stocks, int found, int count)
    {
        var width = Vector256<double>.Count;
        Span<long> ranks = stackalloc long[MostCandidates];
        keys.Slice(found, -found & (width - 1)).Fill(NotEligible);
        for (var i = 0; i < found; i += width)
        {
            var own = Vector256.Create(keys[i..]);
            Vector256<long> above = default;
            foreach (var key in keys[..found])
            {
                above -= Vector256.GreaterThan(Vector256.Create(key), own).AsInt64();
            }

            above.CopyTo(ranks[i..]);
        }

        var picks = new int[Math.Min(count, found)];
        ulong taken = 0;
        for (var i = 0; i < found; i++)
        {
            // Stocks come in ascending order, so one with an equal key takes the place behind those before it.
            var rank = ranks[i] + BitOperations.TrailingZeroCount(~(taken >> (int)ranks[i]));
            if (rank < picks.Length)
            {
                picks[rank] = stocks[i];
            }

            taken |= 1UL << (int)rank;
        }

        return picks;
    }

    /// <summary>
    /// A number that each of the best keys exceeds, so that few others are looked at: of the largest keys of 16 groups
    /// of stocks the count-th is at most the count-th of all. For at most 16 keys.
    /// </summary>
    private static double Bound(ReadOnlySpan<double> keys, int count)
    {
        // A group's largest key leads if fewer than count others are above it; the least of those is the count-th.
        Span<double> largest = stackalloc double[Groups];
        LargestOfGroups(keys, largest);
        var width = Vector256<double>.Count;
        Vector256<double> a = Vector256.Create(largest),
            b = Vector256.Create(largest[width..]),
            c = Vector256.Create(largest[(2 * width)..]),
            d = Vector256.Create(largest[(3 * width)..]);
        Vector256<long> aboveA = default,
            aboveB = default,
            aboveC = default,
            aboveD = default;
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
            Vector256.MinNative(Leading(a, aboveA, few), Leading(b, aboveB, few)),
            Vector256.MinNative(Leading(c, aboveC, few), Leading(d, aboveD, few))
        );
        return Math.BitDecrement(Math.Min(Math.Min(leading[0], leading[1]), Math.Min(leading[2], leading[3])));
    }

    /// <summary>The largest key of each of the 16 groups: every 16th stock is of the same one.</summary>
    private static void LargestOfGroups(ReadOnlySpan<double> keys, Span<double> largest)
    {
        var width = Vector256<double>.Count;
        Vector256<double> a = Vector256.Create(NotEligible),
            b = a,
            c = a,
            d = a;
        for (var i = 0; i <= keys.Length - Groups; i += Groups)
        {
            var row = keys.Slice(i, Groups);
            a = Larger(Vector256.Create(row), a);
            b = Larger(Vector256.Create(row[width..]), b);
            c = Larger(Vector256.Create(row[(2 * width)..]), c);
            d = Larger(Vector256.Create(row[(3 * width)..]), d);
        }

        a.CopyTo(largest);
        b.CopyTo(largest[width..]);
        c.CopyTo(largest[(2 * width)..]);
        d.CopyTo(largest[(3 * width)..]);
    }

    // NaN is larger than nothing.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Larger(Vector256<double> key, Vector256<double> than) =>
        Vector256.ConditionalSelect(Vector256.GreaterThan(key, than), key, than);

    /// <summary>Keys with fewer than so many others above them; infinity in the place of the others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Leading(Vector256<double> keys, Vector256<long> above, Vector256<long> few) =>
        Vector256.ConditionalSelect(
            Vector256.LessThan(above, few).AsDouble(),
            keys,
            Vector256.Create(double.PositiveInfinity)
        );

    /// <summary>The best so far in order. Few are kept, so that moving them up costs less than a heap and its sorting
    /// at the end.</summary>
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
