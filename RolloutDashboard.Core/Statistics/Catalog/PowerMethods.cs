using System.Text.Json.Nodes;

namespace RolloutDashboard.Core.Statistics.Catalog;

internal static class PowerMethods
{
    public static IEnumerable<StatisticsMethod> All =>
    [
        new("power", "two_proportions", ["two proportions z test, pooled null variance, unpooled alternative; n0 = n0_over_n1 * n1"], input =>
            StatisticsOutput.Fields(("power", PowerAnalysis.TwoProportions(
                input.Number("p0") + input.Number("diff"),
                input.Number("p0"),
                input.Number("n1"),
                input.Number("n1") * input.Number("n0_over_n1", 1),
                input.Alpha(),
                IsOneSided(input))))),
        new("power", "sample_size", ["n1 for a two-sided test, far tail ignored"], input =>
            StatisticsOutput.Fields(("n1", PowerAnalysis.SampleSize(
                input.Number("p0") + input.Number("diff"), input.Number("p0"), input.Number("power"), input.Number("n0_over_n1", 1), input.Alpha(), IsOneSided(input))))),
        new("power", "sample_size_ratio", [], input => StatisticsOutput.Fields(("n_per_arm", PowerAnalysis.SampleSizeRatio(
            input.Number("p1"), input.Number("p0"), input.Number("ratio"), input.Number("power", 0.8), input.Alpha())))),
        new("power", "relative_lift", ["relative-lift power for a mean, delta method, per-arm n = n/3 arms"], RelativeLift),
        new("power", "relative_lift_sequential", ["same with sequential tuning 5000 (SE inflated by the confidence-sequence factor at N=2n/3)"], RelativeLift),
        new("power", "difference_variance", ["delta-method variance of the difference"], input =>
        {
            var control = new ArmMean(input.Number("n_a"), input.Number("mean_a"), input.Number("var_a"));
            var treatment = new ArmMean(input.Number("n_b"), input.Number("mean_b"), input.Number("var_b"));
            return StatisticsOutput.Fields(
                ("absolute", MeanComparison.AbsoluteVariance(control, treatment)), ("relative", MeanComparison.RelativeVariance(control, treatment)));
        }),
        new("power", "known_variance", ["G*Power: difference in proportions, baseline p=0.34"], input =>
        {
            var error = Math.Sqrt(input.Number("baseline_variance") * ((1 / input.Number("n1")) + (1 / input.Number("n2"))));
            return StatisticsOutput.Fields(("power", PowerAnalysis.Of(input.Number("mde"), error, Distributions.NormalQuantile(1 - (input.Alpha() / 2)))));
        }),
    ];

    private static bool IsOneSided(StatisticsInput input) => input.Optional("alternative") switch
    {
        null or "two-sided" => false,
        "larger" => true,
        var other => throw new ArgumentException($"Field 'alternative' must be 'two-sided' or 'larger', not '{other}'."),
    };

    private static JsonObject RelativeLift(StatisticsInput input)
    {
        var n = input.Number("n_total") / input.Number("arms", 2);
        var (mean, variance, effect, alpha) = (input.Number("mean"), input.Number("variance"), input.Number("effect"), input.Alpha());
        var relative = MeanComparison.RelativeVariance(new ArmMean(n, mean, variance), new ArmMean(n, mean * (1 + effect), variance));
        var critical = Distributions.NormalQuantile(1 - (alpha / 2));
        var inflation = input.Has("tuning_N") ? ConfidenceSequence.HalfWidth(1, 2 * n, alpha, input.Number("tuning_N")) / critical : 1;
        return StatisticsOutput.Fields(("power", PowerAnalysis.Of(effect, inflation * Math.Sqrt(relative), critical)));
    }
}
