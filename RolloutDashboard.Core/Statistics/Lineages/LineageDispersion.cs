using RolloutDashboard.Core.Statistics.Numerics;

namespace RolloutDashboard.Core.Statistics.Lineages;

/// <summary>How much more lineages of an arm differ than independent iterations would.</summary>
/// <param name="Lineages">Complete ones it rests on.</param>
/// <param name="DesignEffect">Mean square between lineages of a segment, divided by p (1 - p) / length; 1 for
/// independent iterations, NaN where no segment has two lineages or none has both a success and a failure.</param>
/// <param name="Interval">Of the design effect, by chi-square: it takes lineage means as normal, and holds roughly from
/// some 10 lineages on. 0 to infinity where there is none.</param>
public readonly record struct LineageDispersion(int Lineages, double DesignEffect, Bounds Interval)
{
    /// <summary>Independent iterations that <paramref name="n"/> are worth: n / max(1, design effect) (Kish 1965).
    /// Lineages that differ less than chance are not worth more.</summary>
    public double EffectiveN(double n) => double.IsNaN(DesignEffect) ? n : n / Math.Max(1, DesignEffect);

    /// <summary>Of one arm's complete lineages; rates may differ from segment to segment.</summary>
    public static LineageDispersion Of(IEnumerable<LineageUnit> ofOneArm, double alpha = 0.05)
    {
        ArgumentNullException.ThrowIfNull(ofOneArm);
        var complete = ofOneArm.Where(lineage => lineage is { End: UnitEnd.Complete, Planned: > 0 }).ToArray();
        var (squares, expected, degrees) = (0.0, 0.0, 0);
        foreach (var segment in complete.GroupBy(lineage => (lineage.Segment, lineage.Planned)))
        {
            var rates = segment.Select(lineage => lineage.Rate).ToArray();
            var mean = rates.Average();
            squares += rates.Sum(rate => (rate - mean) * (rate - mean));
            expected += (rates.Length - 1) * mean * (1 - mean) / segment.Key.Planned;
            degrees += rates.Length - 1;
        }

        if (degrees == 0 || !(expected > 0))
        {
            return new LineageDispersion(complete.Length, double.NaN, new Bounds(0, double.PositiveInfinity));
        }

        var effect = squares / expected;
        return new LineageDispersion(
            complete.Length,
            effect,
            new Bounds(
                effect * degrees / ChiSquareQuantile(alpha / 2, degrees),
                effect * degrees / ChiSquareQuantile(1 - (alpha / 2), degrees)
            )
        );
    }

    // The point that leaves this much above it.
    private static double ChiSquareQuantile(double upper, int degrees) =>
        Roots.Bisect(x => Distributions.ChiSquareTail(x, degrees) - upper, 0, (4.0 * degrees) + 400);
}
