using RolloutDashboard.Core.Statistics.Numerics;

namespace RolloutDashboard.Core.Statistics;

/// <summary>Rank comparison that heavy tails cannot sway.</summary>
/// <param name="ProbabilityGreater">P(a random treatment value exceeds a random control value), ties half.</param>
/// <param name="P">Two-sided, normal approximation with tie correction; 1 for an empty arm.</param>
public readonly record struct RankTest(double ProbabilityGreater, double P)
{
    /// <summary>Mann and Whitney 1947.</summary>
    public static RankTest MannWhitney(IReadOnlyCollection<double> control, IReadOnlyCollection<double> treatment)
    {
        double n0 = control.Count,
            n1 = treatment.Count,
            n = n0 + n1;
        if (n0 == 0 || n1 == 0)
        {
            return new RankTest(0.5, 1);
        }

        var (low, high) = (Sorted(control), Sorted(treatment));
        double rank = 0,
            treated = 0,
            ties = 0;
        for (var (i, j) = (0, 0); i < low.Length || j < high.Length; )
        {
            var value = j == high.Length || (i < low.Length && low[i].CompareTo(high[j]) <= 0) ? low[i] : high[j];
            var (of0, of1) = (Equal(low, i, value), Equal(high, j, value));
            double size = of0 + of1;
            treated += of1 * (rank + ((size + 1) / 2));
            ties += (size * size * size) - size;
            rank += size;
            (i, j) = (i + of0, j + of1);
        }

        var u = treated - (n1 * (n1 + 1) / 2);
        var variance = n0 * n1 / 12 * (n + 1 - (ties / (n * (n - 1))));
        var p = variance > 0 ? 2 * Distributions.NormalTail(Math.Abs(u - (n0 * n1 / 2)) / Math.Sqrt(variance)) : 1;
        return new RankTest(u / (n0 * n1), Math.Min(1, p));
    }

    private static double[] Sorted(IReadOnlyCollection<double> values)
    {
        double[] sorted = [.. values];
        Array.Sort(sorted);
        return sorted;
    }

    private static int Equal(double[] sorted, int from, double value)
    {
        var to = from;
        while (to < sorted.Length && sorted[to].Equals(value))
        {
            to++;
        }

        return to - from;
    }
}
