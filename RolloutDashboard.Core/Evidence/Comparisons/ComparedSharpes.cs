using RolloutDashboard.Core.Evidence.Comparisons.Reports;
using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Statistics;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.Figures;

namespace RolloutDashboard.Core.Evidence.Comparisons;

/// <summary>The difference of the mean Sharpe ratios, by values that can be results; each strategy counts
/// once.</summary>
internal static class ComparedSharpes
{
    private const double Alpha = 0.05;

    /// <returns>Null with fewer than two values on a side, or without any spread to compare them by.</returns>
    public static ComparedSharpe? Of(ArmEvidence first, ArmEvidence second)
    {
        var (left, right) = (Plausible(first), Plausible(second));
        if (left.Length < 2 || right.Length < 2)
        {
            return null;
        }

        var difference = MeanComparison.Absolute(ArmMean.FromValues(right), ArmMean.FromValues(left));

        // A spread that is lost in rounding has no degrees of freedom.
        if (
            difference.StandardError is not > 0
            || difference.DegreesOfFreedom is not > 0
            || !double.IsFinite(difference.DegreesOfFreedom)
        )
        {
            return null;
        }

        var welch = difference.Interval();
        double n = left.Length + right.Length;
        var half = ConfidenceSequence.HalfWidth(difference.StandardError, n, Alpha, RatioSequence.DefaultTuning);
        var rank = RankTest.MannWhitney(right, left);
        return new ComparedSharpe(
            difference.Estimate,
            new Interval(welch.Lower, welch.Upper),
            difference.PTwoSided,
            new Interval(difference.Estimate - half, difference.Estimate + half),
            ConfidenceSequence.PValue(
                difference.Estimate,
                difference.StandardError,
                n,
                Alpha,
                RatioSequence.DefaultTuning
            ),
            rank.ProbabilityGreater,
            rank.P
        );
    }

    private static double[] Plausible(ArmEvidence arm) =>
        [.. arm.FirstOccurrences().Select(row => row.SharpeRatio).OfType<double>().Where(PlausibleMetrics.IsSharpe)];
}
