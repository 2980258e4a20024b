using System.Text.Json.Nodes;
using RolloutDashboard.Core.Statistics.Inputs;

namespace RolloutDashboard.Core.Statistics.Catalog;

internal static class BayesianMethods
{
    private const int MostArms = 100;

    private static readonly InputField PriorA = Given.Number("prior_a", Given.Prior).Optional();
    private static readonly InputField PriorB = Given.Number("prior_b", Given.Prior).Optional();

    private static readonly InputSpec OneArm = new InputSpec(
        Given.Count("x"),
        Given.Count("n"),
        Given.Number("a", Given.Prior).Optional(),
        Given.Number("b", Given.Prior).Optional()
    ).Where(Given.NotAbove("x", "n"));

    private static readonly InputSpec ArmsInLists = new InputSpec(
        Given.Numbers("successes", NumberRange.Count, 0, MostArms),
        Given.Numbers("totals", NumberRange.Count, 0, MostArms),
        PriorA,
        PriorB
    ).Where(Given.SameLength("successes", "totals"), NoneAboveItsTotal);

    private static readonly OutputField Risk = new("risk", 0, NumberRange.Largest);

    public static IEnumerable<StatisticsMethod> All =>
        [
            new(
                "bayes_ratio",
                "ratio",
                [],
                Given.Arms.With(PriorA, PriorB, Given.Alpha, Given.Number("ratio", Given.Ratio).Optional()),
                new OutputSpec(
                    new OutputField("p_at_least", 0, 1),
                    new OutputField("median", 0, double.MaxValue),
                    new OutputField("low", 0, double.MaxValue),
                    new OutputField("high", 0, double.MaxValue)
                ),
                Ratio
            ),
            new(
                "bayes_ratio",
                "p_best",
                ["beta_binomial (Beta(0.5,0.5) prior), arms compared by simulation"],
                ArmsInLists,
                new OutputSpec(new OutputField("p_best", 0, 1)),
                input => new JsonObject
                {
                    ["p_best"] = StatisticsOutput.Numbers(BayesianRatio.ProbabilityBest(Posteriors(input))),
                }
            ),
            new(
                "bayes_ratio",
                "intervals",
                ["posterior credible interval Beta(x+0.5,n-x+0.5), 95%"],
                ArmsInLists.With(Given.Number("level", new NumberRange(0, 1 - 1e-9)).Optional()),
                new OutputSpec(new OutputField("intervals", 0, 1)),
                input => new JsonObject
                {
                    ["intervals"] = new JsonArray(
                        Posteriors(input)
                            .Select(beta =>
                                (JsonNode)
                                    StatisticsOutput.Pair(
                                        ProportionIntervals.Posterior(
                                            0,
                                            0,
                                            beta.A,
                                            beta.B,
                                            1 - input.Number("level", 0.95)
                                        )
                                    )
                            )
                            .ToArray()
                    ),
                }
            ),
            new(
                "bayes_ratio",
                "posterior_mean",
                ["posterior mean and interval"],
                new InputSpec(new ListField("arms", new ObjectField("", OneArm), 0, MostArms)),
                new OutputSpec(new OutputField("posterior_mean", 0, 1), new OutputField("intervals", 0, 1)),
                PosteriorMean
            ),
            new(
                "bayes_lift",
                "gaussian",
                [
                    "growthbook gaussian effect model, flat prior, relative lift",
                    "growthbook gaussian, flat prior, means",
                    "growthbook gaussian, prior N(0.1, variance 0.1)",
                ],
                MeanMethods.TwoMeans.With(
                    new ObjectField(
                        "prior",
                        new InputSpec(Given.Real("mean"), Given.Number("variance", NumberRange.Positive))
                    ).Optional(),
                    Given.Alpha
                ),
                new OutputSpec(
                    new OutputField("expected", double.MinValue, double.MaxValue),
                    new OutputField("stddev", 0, double.MaxValue),
                    new OutputField("chance_to_win", 0, 1),
                    new OutputField("ci", double.MinValue, double.MaxValue),
                    new OutputField("risk", 0, double.MaxValue)
                ),
                Lift
            ),
            new(
                "bayes_lift",
                "risk",
                ["expected loss (risk) closed form"],
                new InputSpec(Given.Real("mu"), Given.Number("sigma", NumberRange.Positive)),
                new OutputSpec(Risk),
                input =>
                {
                    var (keeping, shipping) = BayesianLift.Losses(input.Number("mu"), input.Number("sigma"));
                    return new JsonObject { ["risk"] = StatisticsOutput.Numbers([keeping, shipping]) };
                }
            ),
        ];

    private static string? NoneAboveItsTotal(StatisticsInput input)
    {
        var above = input
            .Numbers("successes")
            .Zip(input.Numbers("totals"))
            .ToList()
            .FindIndex(arm => arm.First > arm.Second);
        return above < 0 ? null : $"Item {above + 1} of 'successes' can't be above that of 'totals'.";
    }

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
            ("high", BayesianRatio.Quantile(one, zero, 1 - (alpha / 2)))
        );
    }

    private static JsonObject PosteriorMean(StatisticsInput input)
    {
        var arms = input
            .Objects("arms")
            .Select(arm => BetaPosterior.Of(arm.Number("x"), arm.Number("n"), arm.Number("a", 1), arm.Number("b", 1)))
            .ToArray();
        return new JsonObject
        {
            ["posterior_mean"] = StatisticsOutput.Numbers(arms.Select(beta => beta.Mean)),
            ["intervals"] = new JsonArray(
                arms.Select(beta =>
                        (JsonNode)StatisticsOutput.Pair(ProportionIntervals.Posterior(0, 0, beta.A, beta.B))
                    )
                    .ToArray()
            ),
        };
    }

    private static JsonObject Lift(StatisticsInput input)
    {
        var (control, treatment) = MeanMethods.Arms(input);
        (double, double)? prior = input.Has("prior")
            ? (input.Object("prior").Number("mean"), input.Object("prior").Number("variance"))
            : null;
        var relative = MeanComparison.Relative(control, treatment);
        if (!(relative.StandardError > 0))
        {
            throw new StatisticsRefusal(MeanMethods.NoVariance);
        }

        var lift = BayesianLift.Of(
            relative.Estimate,
            relative.StandardError * relative.StandardError,
            prior,
            input.Alpha()
        );
        var result = StatisticsOutput.Fields(
            ("expected", lift.Mean),
            ("stddev", lift.Deviation),
            ("chance_to_win", lift.ChanceToWin)
        );
        result["ci"] = StatisticsOutput.Pair(lift.Interval);
        result["risk"] = StatisticsOutput.Numbers([lift.LossKeeping, lift.LossShipping]);
        return result;
    }

    private static BetaPosterior[] Posteriors(StatisticsInput input) =>
        input
            .Numbers("successes")
            .Zip(input.Numbers("totals"), (x, n) =>
                BetaPosterior.Of(x, n, input.Number("prior_a", 1), input.Number("prior_b", 1))
            )
            .ToArray();
}
