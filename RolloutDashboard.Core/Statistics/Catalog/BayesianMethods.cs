using System.Text.Json.Nodes;

namespace RolloutDashboard.Core.Statistics.Catalog;

internal static class BayesianMethods
{
    public static IEnumerable<StatisticsMethod> All =>
    [
        new("bayes_ratio", "ratio", [], Ratio),
        new("bayes_ratio", "p_best", ["beta_binomial (Beta(0.5,0.5) prior), arms compared by simulation"], input => new JsonObject
        {
            ["p_best"] = StatisticsOutput.Numbers(BayesianRatio.ProbabilityBest(Posteriors(input))),
        }),
        new("bayes_ratio", "intervals", ["posterior credible interval Beta(x+0.5,n-x+0.5), 95%"], input => new JsonObject
        {
            ["intervals"] = new JsonArray(Posteriors(input).Select(beta => (JsonNode)StatisticsOutput.Pair(
                ProportionIntervals.Posterior(0, 0, beta.A, beta.B, 1 - input.Number("level", 0.95)))).ToArray()),
        }),
        new("bayes_ratio", "posterior_mean", ["posterior mean and interval"], PosteriorMean),
        new("bayes_lift", "gaussian", [
            "growthbook gaussian effect model, flat prior, relative lift",
            "growthbook gaussian, flat prior, means",
            "growthbook gaussian, prior N(0.1, variance 0.1)"], Lift),
        new("bayes_lift", "risk", ["expected loss (risk) closed form"], input =>
        {
            var (keeping, shipping) = BayesianLift.Losses(input.Number("mu"), input.Number("sigma"));
            return new JsonObject { ["risk"] = StatisticsOutput.Numbers([keeping, shipping]) };
        }),
    ];

    private static JsonObject Ratio(StatisticsInput input)
    {
        var arms = input.Arms();
        var (a, b) = (input.Number("prior_a", 1), input.Number("prior_b", 1));
        var one = BetaPosterior.Of(arms.Successes1, arms.Trials1, a, b);
        var zero = BetaPosterior.Of(arms.Successes0, arms.Trials0, a, b);
        var alpha = input.Alpha();
        return StatisticsOutput.Fields(
            ("p_at_least", BayesianRatio.ProbabilityAtLeast(one, zero, input.Number("ratio", 1))),
            ("median", BayesianRatio.Quantile(one, zero, 0.5)),
            ("low", BayesianRatio.Quantile(one, zero, alpha / 2)),
            ("high", BayesianRatio.Quantile(one, zero, 1 - (alpha / 2))));
    }

    private static JsonObject PosteriorMean(StatisticsInput input)
    {
        var arms = input.Objects("arms")
            .Select(arm => BetaPosterior.Of(arm.Number("x"), arm.Number("n"), arm.Number("a", 1), arm.Number("b", 1)))
            .ToArray();
        return new JsonObject
        {
            ["posterior_mean"] = StatisticsOutput.Numbers(arms.Select(beta => beta.Mean)),
            ["intervals"] = new JsonArray(arms.Select(beta => (JsonNode)StatisticsOutput.Pair(ProportionIntervals.Posterior(0, 0, beta.A, beta.B))).ToArray()),
        };
    }

    private static JsonObject Lift(StatisticsInput input)
    {
        var (control, treatment) = MeanMethods.Arms(input);
        (double, double)? prior = input.Has("prior") ? (input.Object("prior").Number("mean"), input.Object("prior").Number("variance")) : null;
        var relative = MeanComparison.Relative(control, treatment);
        var lift = BayesianLift.Of(relative.Estimate, relative.StandardError * relative.StandardError, prior, input.Alpha());
        var result = StatisticsOutput.Fields(("expected", lift.Mean), ("stddev", lift.Deviation), ("chance_to_win", lift.ChanceToWin));
        result["ci"] = StatisticsOutput.Pair(lift.Interval);
        result["risk"] = StatisticsOutput.Numbers([lift.LossKeeping, lift.LossShipping]);
        return result;
    }

    private static BetaPosterior[] Posteriors(StatisticsInput input) => input.Numbers("successes")
        .Zip(input.Numbers("totals"), (x, n) => BetaPosterior.Of(x, n, input.Number("prior_a", 1), input.Number("prior_b", 1)))
        .ToArray();
}
