using System.Globalization;
using System.Text.Json.Nodes;
using RolloutDashboard.Core.Statistics.Inputs;
using RolloutDashboard.Core.Statistics.Numerics;

namespace RolloutDashboard.Core.Statistics.Catalog;

internal static class ProportionMethods
{
    private const int LargestSum = int.MaxValue;

    /// <summary>x of n at a level.</summary>
    private static readonly InputSpec OneRate = new InputSpec(Given.Count("x"), Given.Count("n"), Given.Alpha).Where(
        Given.NotAbove("x", "n")
    );

    private static readonly InputSpec OneBound = new InputSpec(
        Given.Count("x"),
        Given.Count("n"),
        Given.BoundAlpha
    ).Where(Given.NotAbove("x", "n"));

    private static readonly OutputSpec Rate = new(new OutputField("low", 0, 1), new OutputField("high", 0, 1));
    private static readonly OutputSpec RateDifference = new(
        new OutputField("low", -1, 1),
        new OutputField("high", -1, 1)
    );

    public static IEnumerable<StatisticsMethod> All =>
        [
            Wilson("two-sided", Side.TwoSided, "wilson, two-sided"),
            Wilson("less", Side.Upper, "wilson, upper bound 95%"),
            Wilson("greater", Side.Lower, "wilson, lower bound 95%"),
            new("wilson", "continuity-corrected", ["two-sided continuity-corrected"], OneRate, Rate, input =>
                StatisticsOutput.LowHigh(
                    ProportionIntervals.WilsonContinuity(input.Number("x"), input.Number("n"), input.Alpha())
                )
            ),
            Other("normal", ProportionIntervals.Normal),
            Other("agresti_coull", ProportionIntervals.AgrestiCoull),
            Other("clopper_pearson", ProportionIntervals.ClopperPearson),
            Other("jeffreys", ProportionIntervals.Jeffreys),
            Difference("wald", DifferenceIntervals.Wald),
            Difference("agresti_caffo", DifferenceIntervals.AgrestiCaffo),
            Difference("newcombe_hybrid_wilson", DifferenceIntervals.Newcombe),
            Difference("miettinen_nurminen", DifferenceIntervals.MiettinenNurminen),
            new(
                "effective_n",
                "kish",
                [],
                new InputSpec(
                    Given.Numbers("cluster_sizes", new NumberRange(0, NumberRange.LargestCount, Whole: true))
                ).Where(FitsInTotal),
                new OutputSpec(
                    new OutputField("n", 0, LargestSum),
                    new OutputField("distinct", 0, LargestSum),
                    new OutputField("n_eff", 0, LargestSum),
                    new OutputField("largest_share", 0, 1),
                    new OutputField("entropy_bits", 0, 31)
                ),
                EffectiveN
            ),
        ];

    private static StatisticsMethod Wilson(string name, Side side, string title) =>
        new("wilson", name, [title], side == Side.TwoSided ? OneRate : OneBound, Rate, input =>
            StatisticsOutput.LowHigh(
                ProportionIntervals.Wilson(input.Number("x"), input.Number("n"), input.Alpha(), side)
            )
        );

    private static StatisticsMethod Other(string name, Func<double, double, double, Bounds> interval) =>
        new("proportion_other", name, [$"{name}, two-sided"], OneRate, Rate, input =>
            StatisticsOutput.LowHigh(interval(input.Number("x"), input.Number("n"), input.Alpha()))
        );

    private static StatisticsMethod Difference(string name, Func<TwoArms, double, Bounds> interval) =>
        new("difference", name, [], Given.Arms.With(Given.Alpha), RateDifference, input =>
            StatisticsOutput.LowHigh(interval(input.Arms(), input.Alpha()))
        );

    private static string? FitsInTotal(StatisticsInput input) =>
        input.Numbers("cluster_sizes").Sum() is var total && total > LargestSum
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"Field 'cluster_sizes' adds up to {total:#,0}; at most {LargestSum:#,0} can be counted."
            )
            : null;

    private static JsonObject EffectiveN(StatisticsInput input)
    {
        var sample = EffectiveSampleSize.FromClusters(input.Numbers("cluster_sizes").Select(size => (int)size));
        return StatisticsOutput.Fields(
            ("n", sample.Count),
            ("distinct", sample.Distinct),
            ("n_eff", sample.Effective),
            ("largest_share", sample.LargestShare),
            ("entropy_bits", sample.Entropy)
        );
    }
}
