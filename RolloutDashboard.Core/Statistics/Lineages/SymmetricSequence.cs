using RolloutDashboard.Core.Statistics.Numerics;

namespace RolloutDashboard.Core.Statistics.Lineages;

/// <summary>
/// Centre of values that lie symmetrically about it, at every look and however heavy their tails: for the difference of
/// mean Sharpe between paired lineages, or a mean Sharpe over lineages. A bounded odd function of a symmetric value has
/// the mean 0, so the product of 1 + c tanh((D - centre) / scale) is a supermartingale while the true centre is at most
/// that; c is mixed over as in <see cref="BoundedMeanSequence"/> (Ville 1939).
/// </summary>
/// <remarks>
/// Differences of two arms with one shape are symmetric about the difference of their means. Where they are not
/// symmetric this is a bound of the point at which tanh balances, a robust centre, and no longer of the mean.
/// The unpaired surplus of an arm waits. The scale is set before the first value, in the unit of the values.
/// </remarks>
public static class SymmetricSequence
{
    /// <summary>Sharpe by which lineage means typically differ.</summary>
    public const double DefaultScale = 0.5;

    /// <summary>JSON minus full code of the j-th lineages of each arm, in order of completion.</summary>
    public static IReadOnlyList<double> Pair(IEnumerable<double> json, IEnumerable<double> fullCode) =>
        [.. json.Zip(fullCode, (one, zero) => one - zero)];

    /// <summary>Bounds as of now, each of which holds at all looks with probability 1 - <paramref name="alpha"/>;
    /// infinite where nothing is refuted yet.</summary>
    public static Bounds Interval(
        IReadOnlyList<double> values,
        double alpha = ContrastSequence.DefaultAlpha,
        double scale = DefaultScale
    ) => new(Lower(values, alpha, scale), -Lower([.. values.Select(value => -value)], alpha, scale));

    /// <summary>After how many values a centre above <paramref name="centre"/> was first proven; null if it never
    /// was.</summary>
    public static int? FirstAbove(
        IEnumerable<double> inOrder,
        double centre,
        double alpha = ContrastSequence.DefaultAlpha,
        double scale = DefaultScale
    )
    {
        ArgumentNullException.ThrowIfNull(inOrder);
        Span<double> capital = stackalloc double[BettingMixture.Size];
        BettingMixture.Start(capital);
        var seen = 0;
        foreach (var value in inOrder)
        {
            seen++;
            if (BettingMixture.Play(capital, Return(value, centre, scale)) >= 1 / alpha)
            {
                return seen;
            }
        }

        return null;
    }

    private static double Lower(IReadOnlyList<double> values, double alpha, double scale)
    {
        if (values.Count == 0)
        {
            return double.NegativeInfinity;
        }

        var counts = ValueCounts.Of(values);
        double Excess(double centre) =>
            BettingMixture.Log(counts, value => Return(value, centre, scale)) - Math.Log(1 / alpha);
        // Far below every value each return is 1 + c, whatever the values are.
        var (least, most) = (values.Min() - (40 * scale), values.Max());
        return Excess(least) < 0 ? double.NegativeInfinity : Roots.Bisect(Excess, least, most);
    }

    private static double Return(double value, double centre, double scale) => 1 + Math.Tanh((value - centre) / scale);
}
