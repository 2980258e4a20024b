using System.Text.Json.Nodes;

namespace RolloutDashboard.Core.Statistics.Catalog;

internal static class SequentialMethods
{
    public static IEnumerable<StatisticsMethod> All =>
    [
        Mean("relative", relative: true, [
            "growthbook asymptotic confidence sequence, two-sided, relative",
            "growthbook asymptotic confidence sequence, proportions, relative, default tuning 5000"]),
        Mean("absolute", relative: false, []),
        OneSided("one_sided_relative", relative: true, "growthbook one-sided asymptotic confidence sequence, relative"),
        OneSided("one_sided_absolute", relative: false, "growthbook one-sided asymptotic confidence sequence, absolute"),
        new("sequential_mean", "best_rho", ["best_rho two-sided normal mixture"], input =>
            StatisticsOutput.Fields(("rho", NormalMixture.BestRho(input.Number("v_opt"), AlphaOptimum(input))))),
        new("sequential_mean", "log_martingale", ["two-sided normal mixture log martingale"], input => StatisticsOutput.Fields(
            ("log", NormalMixture.LogTwoSided(input.Number("s"), input.Number("v"), NormalMixture.BestRho(input.Number("v_opt"), AlphaOptimum(input)))))),
        new("sequential_mean", "log_martingale_one_sided", ["one-sided normal mixture log martingale"], input => StatisticsOutput.Fields(
            ("log", NormalMixture.LogOneSided(input.Number("s"), input.Number("v"), NormalMixture.BestRhoOneSided(input.Number("v_opt"), AlphaOptimum(input)))))),
        new("sequential_mean", "boundary", ["two-sided normal mixture boundary"], input => StatisticsOutput.Fields(
            ("bound", NormalMixture.BoundTwoSided(input.Number("v"), input.Alpha(), NormalMixture.BestRho(input.Number("v_opt"), AlphaOptimum(input)))))),
        new("sequential_mean", "boundary_one_sided", ["one-sided normal mixture boundary (exact root)"], input => StatisticsOutput.Fields(
            ("bound", NormalMixture.BoundOneSided(input.Number("v"), input.Alpha(), NormalMixture.BestRhoOneSided(input.Number("v_opt"), AlphaOptimum(input)))))),
        new("sequential_mean", "half_width", ["identity: GrowthBook half-width vs normal mixture boundary"], input =>
        {
            var width = ConfidenceSequence.HalfWidth(input.Number("se"), input.Number("N"), input.Alpha(), input.Number("tuning_N"));
            return StatisticsOutput.Fields(("half_width", width), ("N_times_halfwidth", width * input.Number("N")));
        }),
        new("sequential_mean", "msprt", [], input =>
        {
            var ratio = NormalMixture.SequentialRatio(input.Number("difference"), input.Number("variance"), input.Number("n"), input.Number("tau_squared"));
            return StatisticsOutput.Fields(("likelihood_ratio", ratio), ("p", Math.Min(1, 1 / ratio)));
        }),
        new("sequential_ratio", "contrast", [], Contrast),
        new("sequential_bernoulli", "interval", ["anytime-valid Bernoulli confidence interval (sub-Bernoulli beta-binomial mixture)"], input =>
            StatisticsOutput.LowHigh(BernoulliSequence.Interval(
                input.Number("successes"), input.Number("trials"), input.Alpha(), input.Number("t_opt", 100), AlphaOptimum(input)))),
        new("sequential_bernoulli", "log_martingale", ["two-sided beta-binomial mixture log martingale"], input => StatisticsOutput.Fields(
            ("log", BernoulliSequence.LogTwoSided(input.Number("s"), input.Number("v"), input.Number("g"), input.Number("h"), NormalMixture.BestRho(input.Number("v_opt"), AlphaOptimum(input)))))),
        new("sequential_bernoulli", "log_martingale_one_sided", ["one-sided beta-binomial mixture log martingale"], input => StatisticsOutput.Fields(
            ("log", BernoulliSequence.LogOneSided(input.Number("s"), input.Number("v"), input.Number("g"), input.Number("h"), NormalMixture.BestRhoOneSided(input.Number("v_opt"), AlphaOptimum(input)))))),
        new("sequential_bernoulli", "boundary", ["beta-binomial mixture boundary two-sided / one-sided"], BernoulliBoundary),
    ];

    private static double AlphaOptimum(StatisticsInput input) => input.Number("alpha_opt", 0.05);

    private static StatisticsMethod Mean(string name, bool relative, string[] titles) => new("sequential_mean", name, titles, input =>
    {
        var (difference, n) = Difference(input, relative);
        var (alpha, tuning) = (input.Alpha(), input.Number("tuning_N", 5000));
        var half = ConfidenceSequence.HalfWidth(difference.StandardError, n, alpha, tuning);
        var p = ConfidenceSequence.PValue(difference.Estimate, difference.StandardError, n, alpha, tuning);
        var result = StatisticsOutput.Fields(("estimate", difference.Estimate), ("se", difference.StandardError), ("p", p));
        result["ci"] = StatisticsOutput.Pair(new Bounds(difference.Estimate - half, difference.Estimate + half));
        return result;
    });

    private static StatisticsMethod OneSided(string name, bool relative, string title) => new("sequential_mean", name, [title], input =>
    {
        var (difference, n) = Difference(input, relative);
        var width = ConfidenceSequence.OneSidedWidth(difference.StandardError, n, input.Alpha(), input.Number("tuning_N", 5000));
        return StatisticsOutput.Fields(
            ("estimate", difference.Estimate),
            ("se", difference.StandardError),
            ("lower_bound_test_greater", difference.Estimate - width),
            ("upper_bound_test_lesser", difference.Estimate + width));
    });

    private static (MeanDifference Difference, double N) Difference(StatisticsInput input, bool relative)
    {
        var (control, treatment) = MeanMethods.Arms(input);
        var difference = relative ? MeanComparison.Relative(control, treatment) : MeanComparison.Absolute(control, treatment);
        return (difference, control.N + treatment.N);
    }

    private static JsonObject Contrast(StatisticsInput input)
    {
        var bounds = RatioSequence.Contrast(input.Arms(), input.Number("ratio"), input.Alpha(), input.Number("tuning_N", RatioSequence.DefaultTuning));
        var result = StatisticsOutput.LowHigh(bounds);
        result["proven"] = bounds.Lower >= 0;
        result["refuted"] = bounds.Upper < 0;
        return result;
    }

    private static JsonObject BernoulliBoundary(StatisticsInput input)
    {
        var (v, alpha, g, h) = (input.Number("v"), input.Alpha(), input.Number("g"), input.Number("h"));
        var (optimum, alphaOptimum) = (input.Number("v_opt"), AlphaOptimum(input));
        return StatisticsOutput.Fields(
            ("two_sided", BernoulliSequence.Bound(v, alpha, g, h, NormalMixture.BestRho(optimum, alphaOptimum), oneSided: false)),
            ("one_sided", BernoulliSequence.Bound(v, alpha, g, h, NormalMixture.BestRhoOneSided(optimum, alphaOptimum), oneSided: true)));
    }
}
