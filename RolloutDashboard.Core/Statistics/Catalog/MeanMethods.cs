using System.Text.Json.Nodes;

namespace RolloutDashboard.Core.Statistics.Catalog;

internal static class MeanMethods
{
    public static IEnumerable<StatisticsMethod> All =>
    [
        TwoSided("absolute", MeanComparison.Absolute, ["two-sided Welch t, absolute"]),
        TwoSided("relative", MeanComparison.Relative, ["two-sided Welch t, relative (delta method)", "two proportions as Welch t, relative"]),
        OneSided("greater_absolute", MeanComparison.Absolute, "one-sided (treatment greater), absolute"),
        OneSided("greater_relative", MeanComparison.Relative, "one-sided (treatment greater), relative"),
        new("relative_difference", "relative", ["(mean_t - mean_c)/|mean_c|"], input => StatisticsOutput.Fields(
            ("relative", MeanComparison.RelativeDifference(input.Number("mean_c"), input.Number("mean_t"))))),
        new("rank", "mann_whitney", [], input =>
        {
            var test = RankTest.MannWhitney(input.Numbers("control"), input.Numbers("treatment"));
            return StatisticsOutput.Fields(("p_greater", test.ProbabilityGreater), ("p", test.P));
        }),
    ];

    /// <summary>Reads "control" and "treatment", each as {n, sum, sum_squares}, {n, mean, variance} or {x, n}.</summary>
    public static (ArmMean Control, ArmMean Treatment) Arms(StatisticsInput input) =>
        (Arm(input.Object("control")), Arm(input.Object("treatment")));

    private static ArmMean Arm(StatisticsInput arm) => arm switch
    {
        _ when arm.Has("x") => ArmMean.FromProportion(arm.Number("x"), arm.Number("n")),
        _ when arm.Has("sum") => ArmMean.FromSums(arm.Number("n"), arm.Number("sum"), arm.Number("sum_squares")),
        _ => new ArmMean(arm.Number("n"), arm.Number("mean"), arm.Number("variance")),
    };

    private static StatisticsMethod TwoSided(string name, Func<ArmMean, ArmMean, MeanDifference> compare, string[] titles) => new("welch_t", name, titles, input =>
    {
        var (control, treatment) = Arms(input);
        var difference = compare(control, treatment);
        var result = Common(difference, difference.PTwoSided);
        result["ci"] = StatisticsOutput.Pair(difference.Interval(input.Alpha()));
        return result;
    });

    private static StatisticsMethod OneSided(string name, Func<ArmMean, ArmMean, MeanDifference> compare, string title) => new("welch_t", name, [title], input =>
    {
        var (control, treatment) = Arms(input);
        var difference = compare(control, treatment);
        var result = Common(difference, difference.PGreater);
        result["low"] = StatisticsOutput.Number(difference.LowerBound(input.Alpha()));
        return result;
    });

    private static JsonObject Common(MeanDifference difference, double p) => StatisticsOutput.Fields(
        ("estimate", difference.Estimate), ("se", difference.StandardError), ("df", difference.DegreesOfFreedom), ("p", p));
}
