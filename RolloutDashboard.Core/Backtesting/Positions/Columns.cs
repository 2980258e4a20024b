using System.Numerics;
using System.Runtime.InteropServices;

namespace RolloutDashboard.Core.Backtesting.Positions;

/// <summary>Arithmetic on whole columns.</summary>
internal static class Columns
{
    /// <summary>target += factor * source.</summary>
    public static void AddScaled(Span<double> target, ReadOnlySpan<double> source, double factor)
    {
        source = source[..target.Length];
        var wide = MemoryMarshal.Cast<double, Vector<double>>(target);
        var from = MemoryMarshal.Cast<double, Vector<double>>(source);
        for (var i = 0; i < wide.Length; i++)
        {
            wide[i] += from[i] * factor;
        }

        for (var i = wide.Length * Vector<double>.Count; i < target.Length; i++)
        {
            target[i] += factor * source[i];
        }
    }

    /// <summary>target = the sum of all columns, added in their order.</summary>
    /// <param name="source">Holds the columns, each at least as long as the target from its start on.</param>
    public static void SumScaled(ReadOnlySpan<double> source, ReadOnlySpan<ScaledColumn> columns, Span<double> target)
    {
        if (target.Length >= Vector<double>.Count)
        {
            SumToTheEnd(source, columns, target, summed: SumInPairs(source, columns, target));
            return;
        }

        for (var i = 0; i < target.Length; i++)
        {
            var sum = 0d;
            foreach (ref readonly var column in columns)
            {
                sum += column.Factor * source[column.Start + i];
            }

            target[i] = sum;
        }
    }

    // Two vectors at a time, so that the additions to one need not wait for those to the other. Returns where the rest
    // begins.
    private static int SumInPairs(ReadOnlySpan<double> source, ReadOnlySpan<ScaledColumn> columns, Span<double> target)
    {
        var width = Vector<double>.Count;
        var i = 0;
        for (; i <= target.Length - (2 * width); i += 2 * width)
        {
            Vector<double> first = Vector<double>.Zero,
                second = first;
            foreach (ref readonly var column in columns)
            {
                var values = source.Slice(column.Start + i, 2 * width);
                first += new Vector<double>(values) * column.Factor;
                second += new Vector<double>(values[width..]) * column.Factor;
            }

            first.CopyTo(target[i..]);
            second.CopyTo(target[(i + width)..]);
        }

        return i;
    }

    // Ends with the target: what it sums a second time is the same again.
    private static void SumToTheEnd(
        ReadOnlySpan<double> source,
        ReadOnlySpan<ScaledColumn> columns,
        Span<double> target,
        int summed
    )
    {
        var width = Vector<double>.Count;
        while (summed < target.Length)
        {
            var start = Math.Min(summed, target.Length - width);
            var sum = Vector<double>.Zero;
            foreach (ref readonly var column in columns)
            {
                sum += new Vector<double>(source.Slice(column.Start + start, width)) * column.Factor;
            }

            sum.CopyTo(target[start..]);
            summed = start + width;
        }
    }

    /// <summary>target += value.</summary>
    public static void Add(Span<double> target, double value)
    {
        foreach (ref var item in target)
        {
            item += value;
        }
    }

    /// <summary>target[i] = values[i + 1] / values[i] - 1.</summary>
    public static void Changes(ReadOnlySpan<double> values, Span<double> target)
    {
        var width = Vector<double>.Count;
        var i = 0;
        for (; i <= target.Length - width; i += width)
        {
            ((new Vector<double>(values[(i + 1)..]) / new Vector<double>(values[i..])) - Vector<double>.One).CopyTo(
                target[i..]
            );
        }

        for (; i < target.Length; i++)
        {
            target[i] = (values[i + 1] / values[i]) - 1;
        }
    }

    /// <summary>total = left + right; the sum of right / total.</summary>
    public static double AddAndShare(ReadOnlySpan<double> left, ReadOnlySpan<double> right, Span<double> total)
    {
        left = left[..total.Length];
        right = right[..total.Length];
        var width = Vector<double>.Count;
        var shares = Vector<double>.Zero;
        var i = 0;
        for (; i <= total.Length - width; i += width)
        {
            var part = new Vector<double>(right[i..]);
            var sum = new Vector<double>(left[i..]) + part;
            sum.CopyTo(total[i..]);
            shares += part / sum;
        }

        var share = Vector.Sum(shares);
        for (; i < total.Length; i++)
        {
            total[i] = left[i] + right[i];
            share += right[i] / total[i];
        }

        return share;
    }
}
