using RolloutDashboard.Core.Statistics.Numerics;

namespace RolloutDashboard.Core.Statistics.Lineages;

/// <summary>
/// Mean of values from 0 to 1 at every look, by hedged betting (Waudby-Smith and Ramdas 2024, section 4.4, with a
/// mixture over fixed fractions in place of predictable bets). While the mean is at most m, the capital bet on the
/// returns Y / m is a supermartingale; the lower bound is the m that it has not refuted. No distribution is assumed:
/// each value need only have the mean m, whatever came before it.
/// </summary>
public static class BoundedMeanSequence
{
    private const double Edge = 1e-12;

    /// <summary>Interval that holds at all looks with probability 1 - <paramref name="alpha"/>, half of it for each
    /// side. Nothing observed leaves 0 to 1.</summary>
    public static Bounds Interval(ValueCounts counts, double alpha = 0.05)
    {
        ArgumentNullException.ThrowIfNull(counts);
        return new Bounds(Lower(counts, alpha / 2), 1 - Lower(counts.Mirrored(), alpha / 2));
    }

    /// <summary>One-sided lower bound; the upper one is 1 - that of the mirrored counts.</summary>
    public static double Lower(ValueCounts counts, double alpha)
    {
        ArgumentNullException.ThrowIfNull(counts);
        if (counts.Total <= 0 || counts.Mean <= 0)
        {
            return 0;
        }

        var threshold = Math.Log(1 / alpha);
        double Excess(double m) => LogCapital(counts, m) - threshold;
        return Excess(Edge) < 0 ? 0 : Roots.Bisect(Excess, Edge, Math.Min(1, counts.Mean));
    }

    /// <summary>Logarithm of the capital against "the mean is at most <paramref name="mean"/>" (above 0).</summary>
    public static double LogCapital(ValueCounts counts, double mean)
    {
        ArgumentNullException.ThrowIfNull(counts);
        return BettingMixture.Log(counts, value => value / mean);
    }

    /// <summary>After how many values a mean above <paramref name="mean"/> (0 to 1) was first proven; null if it never
    /// was. Since the bound holds at all looks, a proof stays one. The null may be looked at over several segments: if
    /// it holds in each, the bets go on.</summary>
    public static int? FirstAbove(IEnumerable<double> inOrder, double mean, double alpha = 0.05)
    {
        ArgumentNullException.ThrowIfNull(inOrder);
        if (!(mean < 1))
        {
            return null;
        }

        Span<double> capital = stackalloc double[BettingMixture.Size];
        BettingMixture.Start(capital);
        var (seen, target) = (0, Math.Max(mean, Edge));
        foreach (var value in inOrder)
        {
            seen++;
            if (BettingMixture.Play(capital, value / target) >= 1 / alpha)
            {
                return seen;
            }
        }

        return null;
    }
}
