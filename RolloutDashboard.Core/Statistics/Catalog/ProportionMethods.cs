namespace RolloutDashboard.Core.Statistics.Catalog;

internal static class ProportionMethods
{
    public static IEnumerable<StatisticsMethod> All =>
    [
        Wilson("two-sided", Side.TwoSided, "wilson, two-sided"),
        Wilson("less", Side.Upper, "wilson, upper bound 95%"),
        Wilson("greater", Side.Lower, "wilson, lower bound 95%"),
        new("wilson", "continuity-corrected", ["two-sided continuity-corrected"], input =>
            StatisticsOutput.LowHigh(ProportionIntervals.WilsonContinuity(input.Number("x"), input.Number("n"), input.Alpha()))),
        Other("normal", ProportionIntervals.Normal),
        Other("agresti_coull", ProportionIntervals.AgrestiCoull),
        Other("clopper_pearson", ProportionIntervals.ClopperPearson),
        Other("jeffreys", ProportionIntervals.Jeffreys),
        Difference("wald", DifferenceIntervals.Wald),
        Difference("agresti_caffo", DifferenceIntervals.AgrestiCaffo),
        Difference("newcombe_hybrid_wilson", DifferenceIntervals.Newcombe),
        Difference("miettinen_nurminen", DifferenceIntervals.MiettinenNurminen),
        new("effective_n", "kish", [], EffectiveN),
    ];

    private static StatisticsMethod Wilson(string name, Side side, string title) => new("wilson", name, [title], input =>
        StatisticsOutput.LowHigh(ProportionIntervals.Wilson(input.Number("x"), input.Number("n"), input.Alpha(), side)));

    private static StatisticsMethod Other(string name, Func<double, double, double, Bounds> interval) =>
        new("proportion_other", name, [$"{name}, two-sided"], input =>
            StatisticsOutput.LowHigh(interval(input.Number("x"), input.Number("n"), input.Alpha())));

    private static StatisticsMethod Difference(string name, Func<TwoArms, double, Bounds> interval) =>
        new("difference", name, [], input => StatisticsOutput.LowHigh(interval(input.Arms(), input.Alpha())));

    private static System.Text.Json.Nodes.JsonObject EffectiveN(StatisticsInput input)
    {
        var sample = EffectiveSampleSize.FromClusters(input.Numbers("cluster_sizes").Select(size => (int)size));
        return StatisticsOutput.Fields(
            ("n", sample.Count),
            ("distinct", sample.Distinct),
            ("n_eff", sample.Effective),
            ("largest_share", sample.LargestShare),
            ("entropy_bits", sample.Entropy));
    }
}
