using System.Numerics;

namespace RolloutDashboard.Core.Backtesting;

/// <summary>Picks the best stocks of one day.</summary>
public static class Ranking
{
    /// <summary>Marks a stock that may not be picked.</summary>
    public const double NotEligible = double.NegativeInfinity;

    /// <summary>Indices of the largest keys, best first, ties to the smaller index; NaN and negative infinity are never picked.</summary>
    /// <param name="count">Most picks; fewer come if fewer are eligible.</param>
    public static int[] Largest(ReadOnlySpan<double> keys, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        Span<Candidate> heap = count <= 128 ? stackalloc Candidate[count] : new Candidate[count];
        var size = 0;
        var threshold = NotEligible;
        var width = Vector<double>.Count;
        for (var start = 0; start < keys.Length; start += width)
        {
            // Most stocks are no candidates: a whole vector of them costs one comparison.
            if (start + width <= keys.Length && !Vector.GreaterThanAny(new Vector<double>(keys[start..]), new Vector<double>(threshold)))
            {
                continue;
            }

            for (var i = start; i < Math.Min(start + width, keys.Length); i++)
            {
                if (keys[i] > threshold)
                {
                    size = Put(heap, size, new Candidate(keys[i], i));
                    threshold = size == count ? heap[0].Key : NotEligible;
                }
            }
        }

        return InOrder(heap[..size]);
    }

    private static int Put(Span<Candidate> heap, int size, Candidate candidate)
    {
        if (size < heap.Length)
        {
            SiftUp(heap, size, candidate);
            return size + 1;
        }

        SiftDown(heap, candidate);
        return size;
    }

    private static void SiftUp(Span<Candidate> heap, int index, Candidate candidate)
    {
        while (index > 0)
        {
            var parent = (index - 1) / 2;
            if (!candidate.IsWorseThan(heap[parent]))
            {
                break;
            }

            heap[index] = heap[parent];
            index = parent;
        }

        heap[index] = candidate;
    }

    private static void SiftDown(Span<Candidate> heap, Candidate candidate)
    {
        var index = 0;
        for (var child = 1; child < heap.Length; child = (2 * index) + 1)
        {
            if (child + 1 < heap.Length && heap[child + 1].IsWorseThan(heap[child]))
            {
                child++;
            }

            if (!heap[child].IsWorseThan(candidate))
            {
                break;
            }

            heap[index] = heap[child];
            index = child;
        }

        heap[index] = candidate;
    }

    private static int[] InOrder(Span<Candidate> heap)
    {
        for (var i = 1; i < heap.Length; i++)
        {
            var candidate = heap[i];
            var slot = i;
            for (; slot > 0 && heap[slot - 1].IsWorseThan(candidate); slot--)
            {
                heap[slot] = heap[slot - 1];
            }

            heap[slot] = candidate;
        }

        var picks = new int[heap.Length];
        for (var i = 0; i < picks.Length; i++)
        {
            picks[i] = heap[i].Stock;
        }

        return picks;
    }

    private readonly record struct Candidate(double Key, int Stock)
    {
        public bool IsWorseThan(Candidate other) => Key < other.Key || (Key == other.Key && Stock > other.Stock);
    }
}
