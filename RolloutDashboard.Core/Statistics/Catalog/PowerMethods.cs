using System.Globalization;
using System.Text.Json.Nodes;
using RolloutDashboard.Core.Statistics.Inputs;
using RolloutDashboard.Core.Statistics.Numerics;

namespace RolloutDashboard.Core.Statistics.Catalog;

internal static class PowerMethods
{
    private static readonly InputField Alternative = new TextField("alternative", "two-sided", "larger").Optional();
    private static readonly InputField Ratio = Given.Number("n0_over_n1", Given.Ratio).Optional();
    private static readonly InputField Desired = Given.Number("power", NumberRange.OpenShare);
    private static readonly OutputSpec Power = new(new OutputField("power", 0, 1));

    private static readonly InputSpec RelativeLiftInputs = new InputSpec(
        Given.Real("mean"),
        Given.Number("variance", NumberRange.NotNegative),
        Given.Real("effect"),
        Given.Number("n_total", Given.Positive),
        Given.Number("arms", new NumberRange(1, 1000)).Optional(),
        Given.SequentialAlpha,
        Given.Tuning
    ).Where(input => input.Number("mean") == 0 ? "Field 'mean' is 0, and a lift relative to 0 is not defined." : null);

    public static IEnumerable<StatisticsMethod> All =>
        [
            new(
                "power",
                "two_proportions",
                ["two proportions z test, pooled null variance, unpooled alternative; n0 = n0_over_n1 * n1"],
                new InputSpec(
                    Given.Number("p0", NumberRange.Share),
                    Given.Number("diff", new NumberRange(-1, 1)),
                    Given.Number("n1", Given.Positive),
                    Ratio,
                    Given.Alpha,
                    Alternative
                ).Where(IsRate),
                Power,
                input =>
                    StatisticsOutput.Fields(
                        (
                            "power",
                            PowerAnalysis.TwoProportions(
                                Raised(input),
                                input.Number("p0"),
                                input.Number("n1"),
                                input.Number("n1") * input.Number("n0_over_n1", 1),
                                input.Alpha(),
                                IsOneSided(input)
                            )
                        )
                    )
            ),
            new(
                "power",
                "sample_size",
                ["n1 for a two-sided test, far tail ignored"],
                new InputSpec(
                    Given.Number("p0", NumberRange.Share),
                    Given.Number("diff", new NumberRange(-1, 1)),
                    Desired,
                    Ratio,
                    Given.Alpha,
                    Alternative
                ).Where(IsRate, input => PowerIsAbove(input, IsOneSided(input) ? input.Alpha() : input.Alpha() / 2)),
                new OutputSpec(new OutputField("n1", 0, double.PositiveInfinity)),
                input =>
                    StatisticsOutput.Fields(
                        (
                            "n1",
                            PowerAnalysis.SampleSize(
                                Raised(input),
                                input.Number("p0"),
                                input.Number("power"),
                                input.Number("n0_over_n1", 1),
                                input.Alpha(),
                                IsOneSided(input)
                            )
                        )
                    )
            ),
            new(
                "power",
                "sample_size_ratio",
                [],
                new InputSpec(
                    Given.Number("p1", new NumberRange(1e-9, 1)),
                    Given.Number("p0", new NumberRange(1e-9, 1)),
                    Given.Number("ratio", Given.Ratio),
                    Desired.Optional(),
                    Given.Alpha
                ).Where(input => PowerIsAbove(input, input.Alpha())),
                new OutputSpec(new OutputField("n_per_arm", 0, double.PositiveInfinity)),
                input =>
                    StatisticsOutput.Fields(
                        (
                            "n_per_arm",
                            PowerAnalysis.SampleSizeRatio(
                                input.Number("p1"),
                                input.Number("p0"),
                                input.Number("ratio"),
                                input.Number("power", 0.8),
                                input.Alpha()
                            )
                        )
                    )
            ),
            new(
                "power",
                "relative_lift",
                ["relative-lift power for a mean, delta method, per-arm n = n/3 arms"],
                RelativeLiftInputs,
                Power,
                RelativeLift
            ),
            new(
                "power",
                "relative_lift_sequential",
                ["same with sequential tuning 5000 (SE inflated by the confidence-sequence factor at N=2n/3)"],
                RelativeLiftInputs,
                Power,
                RelativeLift
            ),
            new(
                "power",
                "difference_variance",
                ["delta-method variance of the difference"],
                new InputSpec(
                    Given.Number("n_a", Given.Positive),
                    Given.Real("mean_a"),
                    Given.Number("var_a", NumberRange.NotNegative),
                    Given.Number("n_b", Given.Positive),
                    Given.Real("mean_b"),
                    Given.Number("var_b", NumberRange.NotNegative)
                ),
                new OutputSpec(
                    new OutputField("absolute", 0, double.MaxValue, true),
                    new OutputField("relative", 0, double.MaxValue, true)
                ),
                input =>
                {
                    var control = new ArmMean(input.Number("n_a"), input.Number("mean_a"), input.Number("var_a"));
                    var treatment = new ArmMean(input.Number("n_b"), input.Number("mean_b"), input.Number("var_b"));
                    return StatisticsOutput.Fields(
                        ("absolute", MeanComparison.AbsoluteVariance(control, treatment)),
                        ("relative", MeanComparison.RelativeVariance(control, treatment))
                    );
                }
            ),
            new(
                "power",
                "known_variance",
                ["G*Power: difference in proportions, baseline p=0.34"],
                new InputSpec(
                    Given.Real("mde"),
                    Given.Number("baseline_variance", NumberRange.Positive),
                    Given.Number("n1", Given.Positive),
                    Given.Number("n2", Given.Positive),
                    Given.Alpha
                ),
                Power,
                input =>
                {
                    var error = Math.Sqrt(
                        input.Number("baseline_variance") * ((1 / input.Number("n1")) + (1 / input.Number("n2")))
                    );
                    return StatisticsOutput.Fields(
                        (
                            "power",
                            PowerAnalysis.Of(
                                input.Number("mde"),
                                error,
                                Distributions.NormalQuantile(1 - (input.Alpha() / 2))
                            )
                        )
                    );
                }
            ),
        ];

    // p0 + diff is a rate even where the sum of two rounded numbers is a last bit beyond it.
    private static double Raised(StatisticsInput input) => Math.Clamp(input.Number("p0") + input.Number("diff"), 0, 1);

    private static string? IsRate(StatisticsInput input) =>
        (input.Number("p0") + input.Number("diff")) is >= -1e-12 and <= 1 + 1e-12
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"p0 + diff is {input.Number("p0") + input.Number("diff"):R}, which is no rate from 0 to 1."
            );

    private static string? PowerIsAbove(StatisticsInput input, double chance) =>
        input.Number("power", 0.8) > chance
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"Field 'power' must be above {chance:R}, which the test has without any difference."
            );

    private static bool IsOneSided(StatisticsInput input) => input.Optional("alternative") == "larger";

    private static JsonObject RelativeLift(StatisticsInput input)
    {
        var n = input.Number("n_total") / input.Number("arms", 2);
        var (mean, variance, effect, alpha) = (
            input.Number("mean"),
            input.Number("variance"),
            input.Number("effect"),
            input.Alpha()
        );
        var relative = MeanComparison.RelativeVariance(
            new ArmMean(n, mean, variance),
            new ArmMean(n, mean * (1 + effect), variance)
        );
        var critical = Distributions.NormalQuantile(1 - (alpha / 2));
        var inflation = input.Has("tuning_N")
            ? ConfidenceSequence.HalfWidth(1, 2 * n, alpha, input.Number("tuning_N")) / critical
            : 1;
        return StatisticsOutput.Fields(("power", PowerAnalysis.Of(effect, inflation * Math.Sqrt(relative), critical)));
    }
}
