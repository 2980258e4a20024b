using System.Globalization;
using System.Text.Json.Nodes;
using RolloutDashboard.Core.Statistics.Inputs;

namespace RolloutDashboard.Core.Statistics.Catalog;

internal static class MeanMethods
{
    public const string NoVariance =
        "The difference has no standard error: both arms need two values that differ, and a relative difference a control mean other than 0.";

    private static readonly NumberRange Observed = new(1, NumberRange.LargestCount);

    private static readonly InputSpec Proportion = new InputSpec(Given.Count("x"), Given.Number("n", Observed)).Where(
        Given.NotAbove("x", "n")
    );

    private static readonly InputSpec Sums = new InputSpec(
        Given.Real("sum"),
        Given.Number("n", Observed),
        Given.Number("sum_squares", NumberRange.NotNegative)
    ).Where(SquaresFit);

    private static readonly InputSpec Moments = new(
        Given.Real("mean"),
        Given.Number("n", Observed),
        Given.Number("variance", NumberRange.NotNegative)
    );

    /// <summary>Two arms, each as {n, sum, sum_squares}, {n, mean, variance} or {x, n}.</summary>
    public static InputSpec TwoMeans { get; } =
        new(
            new ObjectField("control", Proportion, Sums, Moments),
            new ObjectField("treatment", Proportion, Sums, Moments)
        );

    private static readonly OutputField[] Difference =
    [
        new("estimate", double.MinValue, double.MaxValue),
        new("se", 0, double.MaxValue, true),
        new("df", 0, double.MaxValue, true),
        new("p", 0, 1, true),
    ];

    public static IEnumerable<StatisticsMethod> All =>
        [
            TwoSided("absolute", MeanComparison.Absolute, ["two-sided Welch t, absolute"]),
            TwoSided(
                "relative",
                MeanComparison.Relative,
                ["two-sided Welch t, relative (delta method)", "two proportions as Welch t, relative"]
            ),
            OneSided("greater_absolute", MeanComparison.Absolute, "one-sided (treatment greater), absolute"),
            OneSided("greater_relative", MeanComparison.Relative, "one-sided (treatment greater), relative"),
            new(
                "relative_difference",
                "relative",
                ["(mean_t - mean_c)/|mean_c|"],
                new InputSpec(Given.Real("mean_c"), Given.Real("mean_t")).Where(input =>
                    input.Number("mean_c") == 0
                        ? "Field 'mean_c' is 0, and a difference relative to 0 is not defined."
                        : null
                ),
                new OutputSpec(new OutputField("relative", double.MinValue, double.MaxValue)),
                input =>
                    StatisticsOutput.Fields(
                        ("relative", MeanComparison.RelativeDifference(input.Number("mean_c"), input.Number("mean_t")))
                    )
            ),
            new(
                "rank",
                "mann_whitney",
                [],
                new InputSpec(Given.Numbers("control", NumberRange.Real), Given.Numbers("treatment", NumberRange.Real)),
                new OutputSpec(new OutputField("p_greater", 0, 1), new OutputField("p", 0, 1)),
                input =>
                {
                    var test = RankTest.MannWhitney(input.Numbers("control"), input.Numbers("treatment"));
                    return StatisticsOutput.Fields(("p_greater", test.ProbabilityGreater), ("p", test.P));
                }
            ),
        ];

    // By Cauchy and Schwarz; the allowance is for sums that were rounded on their way.
    private static string? SquaresFit(StatisticsInput arm)
    {
        var least = arm.Number("sum") * arm.Number("sum") / arm.Number("n");
        return arm.Number("sum_squares") >= least * (1 - 1e-9)
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"Field 'sum_squares' ({arm.Number("sum_squares"):R}) can't be below sum * sum / n ({least:R})."
            );
    }

    /// <summary>Reads "control" and "treatment", each as {n, sum, sum_squares}, {n, mean, variance} or {x,
    /// n}.</summary>
    public static (ArmMean Control, ArmMean Treatment) Arms(StatisticsInput input) =>
        (Arm(input.Object("control")), Arm(input.Object("treatment")));

    private static ArmMean Arm(StatisticsInput arm) =>
        arm switch
        {
            _ when arm.Has("x") => ArmMean.FromProportion(arm.Number("x"), arm.Number("n")),
            _ when arm.Has("sum") => ArmMean.FromSums(arm.Number("n"), arm.Number("sum"), arm.Number("sum_squares")),
            _ => new ArmMean(arm.Number("n"), arm.Number("mean"), arm.Number("variance")),
        };

    private static StatisticsMethod TwoSided(
        string name,
        Func<ArmMean, ArmMean, MeanDifference> compare,
        string[] titles
    ) =>
        new(
            "welch_t",
            name,
            titles,
            TwoMeans.With(Given.Alpha),
            new OutputSpec([
                .. Difference,
                new OutputField("ci", double.NegativeInfinity, double.PositiveInfinity, true),
            ]),
            input =>
            {
                var (control, treatment) = Arms(input);
                var difference = compare(control, treatment);
                var result = Common(difference, difference.PTwoSided);
                result["ci"] = StatisticsOutput.Pair(difference.Interval(input.Alpha()));
                return result;
            }
        );

    private static StatisticsMethod OneSided(
        string name,
        Func<ArmMean, ArmMean, MeanDifference> compare,
        string title
    ) =>
        new(
            "welch_t",
            name,
            [title],
            TwoMeans.With(Given.BoundAlpha),
            new OutputSpec([
                .. Difference,
                new OutputField("low", double.NegativeInfinity, double.PositiveInfinity, true),
            ]),
            input =>
            {
                var (control, treatment) = Arms(input);
                var difference = compare(control, treatment);
                var result = Common(difference, difference.PGreater);
                result["low"] = StatisticsOutput.Number(difference.LowerBound(input.Alpha()));
                return result;
            }
        );

    private static JsonObject Common(MeanDifference difference, double p) =>
        StatisticsOutput.Fields(
            ("estimate", difference.Estimate),
            ("se", difference.StandardError),
            ("df", difference.DegreesOfFreedom),
            ("p", p)
        );
}
