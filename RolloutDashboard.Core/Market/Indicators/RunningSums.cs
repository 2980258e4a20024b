using System.Numerics;

namespace RolloutDashboard.Core.Market.Indicators;

/// <summary>
/// The arithmetic of sums over days, for all stocks at once: a window's mean is the difference of two running sums, so
/// a long window costs no more than a short one. Values that are missing are left out of sums and counted beside them.
/// </summary>
internal static class RunningSums
{
    /// <summary>after = before + row, without the missing values; whether there were any.</summary>
    public static bool Add(ReadOnlySpan<double> before, ReadOnlySpan<double> row, Span<double> after)
    {
        before = before[..row.Length];
        after = after[..row.Length];
        var width = Vector<double>.Count;
        var gaps = Vector<long>.Zero;
        var infinity = new Vector<double>(double.PositiveInfinity);
        var i = 0;
        for (; i <= row.Length - width; i += width)
        {
            var value = new Vector<double>(row[i..]);
            var present = Vector.LessThan(Vector.Abs(value), infinity);
            (new Vector<double>(before[i..]) + Vector.ConditionalSelect(present, value, Vector<double>.Zero)).CopyTo(
                after[i..]
            );
            gaps |= ~present;
        }

        var missing = gaps != Vector<long>.Zero;
        for (; i < row.Length; i++)
        {
            var present = double.IsFinite(row[i]);
            after[i] = before[i] + (present ? row[i] : 0);
            missing |= !present;
        }

        return missing;
    }

    /// <summary>Counts a day's missing values.</summary>
    public static void CountMissing(ReadOnlySpan<double> row, Span<int> missing)
    {
        for (var i = 0; i < row.Length; i++)
        {
            missing[i] += double.IsFinite(row[i]) ? 0 : 1;
        }
    }

    /// <summary>(now - then) / days.</summary>
    public static void Means(ReadOnlySpan<double> now, ReadOnlySpan<double> then, int days, Span<double> target)
    {
        now = now[..target.Length];
        then = then[..target.Length];
        var width = Vector<double>.Count;
        var length = new Vector<double>(days);
        var i = 0;
        for (; i <= target.Length - width; i += width)
        {
            ((new Vector<double>(now[i..]) - new Vector<double>(then[i..])) / length).CopyTo(target[i..]);
        }

        for (; i < target.Length; i++)
        {
            target[i] = (now[i] - then[i]) / days;
        }
    }

    /// <summary>Takes back the means of stocks that missed a value in between.</summary>
    public static void Strike(ReadOnlySpan<int> missingNow, ReadOnlySpan<int> missingThen, Span<double> means)
    {
        for (var i = 0; i < means.Length; i++)
        {
            means[i] = missingNow[i] > missingThen[i] ? double.NaN : means[i];
        }
    }
}
