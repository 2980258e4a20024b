using System.Globalization;
using System.Text.Json.Nodes;
using RolloutDashboard.Core.Statistics.Inputs;
using RolloutDashboard.Core.Statistics.Numerics;

namespace RolloutDashboard.Core.Statistics.Catalog;

internal static class SequentialMethods
{
    private static readonly InputField Variance = Given.Number("v", new NumberRange(0, 1e15));
    private static readonly InputField Optimum = Given.Number("v_opt", new NumberRange(1e-9, 1e15));
    private static readonly InputField Sum = Given.Number("s", new NumberRange(-1e15, 1e15));
    private static readonly InputField Below = Given.Number("g", new NumberRange(1e-6, 1e6));
    private static readonly InputField Above = Given.Number("h", new NumberRange(1e-6, 1e6));
    private static readonly OutputSpec Log = new(new OutputField("log", double.MinValue, double.MaxValue));
    private static readonly OutputSpec Bound = new(new OutputField("bound", 0, double.MaxValue));
    private static readonly OutputField Estimate = new("estimate", double.MinValue, double.MaxValue);
    private static readonly OutputField Error = new("se", 0, double.MaxValue);

    public static IEnumerable<StatisticsMethod> All =>
        [
            Mean(
                "relative",
                relative: true,
                [
                    "growthbook asymptotic confidence sequence, two-sided, relative",
                    "growthbook asymptotic confidence sequence, proportions, relative, default tuning 5000",
                ]
            ),
            Mean("absolute", relative: false, []),
            OneSided(
                "one_sided_relative",
                relative: true,
                "growthbook one-sided asymptotic confidence sequence, relative"
            ),
            OneSided(
                "one_sided_absolute",
                relative: false,
                "growthbook one-sided asymptotic confidence sequence, absolute"
            ),
            new(
                "sequential_mean",
                "best_rho",
                ["best_rho two-sided normal mixture"],
                new InputSpec(Optimum, Given.AlphaOptimum),
                new OutputSpec(new OutputField("rho", 0, double.MaxValue)),
                input => StatisticsOutput.Fields(("rho", Rho(input)))
            ),
            new(
                "sequential_mean",
                "log_martingale",
                ["two-sided normal mixture log martingale"],
                new InputSpec(Sum, Variance, Optimum, Given.AlphaOptimum),
                Log,
                input =>
                    StatisticsOutput.Fields(
                        ("log", NormalMixture.LogTwoSided(input.Number("s"), input.Number("v"), Rho(input)))
                    )
            ),
            new(
                "sequential_mean",
                "log_martingale_one_sided",
                ["one-sided normal mixture log martingale"],
                new InputSpec(Sum, Variance, Optimum, Given.OneSidedAlphaOptimum),
                Log,
                input =>
                    StatisticsOutput.Fields(
                        ("log", NormalMixture.LogOneSided(input.Number("s"), input.Number("v"), RhoOneSided(input)))
                    )
            ),
            new(
                "sequential_mean",
                "boundary",
                ["two-sided normal mixture boundary"],
                new InputSpec(Variance, Optimum, Given.Alpha, Given.AlphaOptimum),
                Bound,
                input =>
                    StatisticsOutput.Fields(
                        ("bound", NormalMixture.BoundTwoSided(input.Number("v"), input.Alpha(), Rho(input)))
                    )
            ),
            new(
                "sequential_mean",
                "boundary_one_sided",
                ["one-sided normal mixture boundary (exact root)"],
                new InputSpec(Variance, Optimum, Given.Alpha, Given.OneSidedAlphaOptimum),
                Bound,
                input =>
                    StatisticsOutput.Fields(
                        ("bound", NormalMixture.BoundOneSided(input.Number("v"), input.Alpha(), RhoOneSided(input)))
                    )
            ),
            new(
                "sequential_mean",
                "half_width",
                ["identity: GrowthBook half-width vs normal mixture boundary"],
                new InputSpec(
                    Given.Number("se", NumberRange.NotNegative),
                    Given.Number("N", Given.Positive),
                    Given.SequentialAlpha,
                    Given.Number("tuning_N", Given.Positive)
                ),
                new OutputSpec(
                    new OutputField("half_width", 0, double.MaxValue),
                    new OutputField("N_times_halfwidth", 0, double.MaxValue)
                ),
                input =>
                {
                    var width = ConfidenceSequence.HalfWidth(
                        input.Number("se"),
                        input.Number("N"),
                        input.Alpha(),
                        input.Number("tuning_N")
                    );
                    return StatisticsOutput.Fields(
                        ("half_width", width),
                        ("N_times_halfwidth", width * input.Number("N"))
                    );
                }
            ),
            new(
                "sequential_mean",
                "msprt",
                [],
                new InputSpec(
                    Given.Number("difference", new NumberRange(-1e15, 1e15)),
                    Given.Number("variance", new NumberRange(1e-15, 1e15)),
                    Given.Number("n", Given.Positive),
                    Given.Number("tau_squared", new NumberRange(1e-15, 1e15))
                ),
                new OutputSpec(
                    new OutputField("likelihood_ratio", 0, double.PositiveInfinity),
                    new OutputField("p", 0, 1)
                ),
                input =>
                {
                    var ratio = NormalMixture.SequentialRatio(
                        input.Number("difference"),
                        input.Number("variance"),
                        input.Number("n"),
                        input.Number("tau_squared")
                    );
                    return StatisticsOutput.Fields(("likelihood_ratio", ratio), ("p", Math.Min(1, 1 / ratio)));
                }
            ),
            new(
                "sequential_ratio",
                "contrast",
                [],
                Given.Arms.With(Given.Number("ratio", Given.Ratio), Given.OneSidedAlpha, Given.Tuning),
                new OutputSpec(
                    new OutputField("low", double.NegativeInfinity, double.MaxValue),
                    new OutputField("high", double.MinValue, double.PositiveInfinity),
                    new OutputField("proven", 0, 0) { IsText = true },
                    new OutputField("refuted", 0, 0) { IsText = true }
                ),
                Contrast
            ),
            new(
                "sequential_bernoulli",
                "interval",
                ["anytime-valid Bernoulli confidence interval (sub-Bernoulli beta-binomial mixture)"],
                new InputSpec(
                    Given.Count("successes"),
                    Given.Count("trials"),
                    Given.Alpha,
                    Given.Number("t_opt", Given.Positive).Optional(),
                    Given.AlphaOptimum
                ).Where(Given.NotAbove("successes", "trials")),
                new OutputSpec(new OutputField("low", 0, 1), new OutputField("high", 0, 1)),
                input =>
                    StatisticsOutput.LowHigh(
                        BernoulliSequence.Interval(
                            input.Number("successes"),
                            input.Number("trials"),
                            input.Alpha(),
                            input.Number("t_opt", 100),
                            AlphaOptimum(input)
                        )
                    )
            ),
            new(
                "sequential_bernoulli",
                "log_martingale",
                ["two-sided beta-binomial mixture log martingale"],
                new InputSpec(Sum, Variance, Below, Above, Optimum, Given.AlphaOptimum).Where(SumIsPossible),
                Log,
                input =>
                    StatisticsOutput.Fields(
                        (
                            "log",
                            BernoulliSequence.LogTwoSided(
                                input.Number("s"),
                                input.Number("v"),
                                input.Number("g"),
                                input.Number("h"),
                                Rho(input)
                            )
                        )
                    )
            ),
            new(
                "sequential_bernoulli",
                "log_martingale_one_sided",
                ["one-sided beta-binomial mixture log martingale"],
                new InputSpec(Sum, Variance, Below, Above, Optimum, Given.OneSidedAlphaOptimum).Where(SumIsPossible),
                Log,
                input =>
                    StatisticsOutput.Fields(
                        (
                            "log",
                            BernoulliSequence.LogOneSided(
                                input.Number("s"),
                                input.Number("v"),
                                input.Number("g"),
                                input.Number("h"),
                                RhoOneSided(input)
                            )
                        )
                    )
            ),
            new(
                "sequential_bernoulli",
                "boundary",
                ["beta-binomial mixture boundary two-sided / one-sided"],
                new InputSpec(Variance, Below, Above, Optimum, Given.Alpha, Given.OneSidedAlphaOptimum),
                new OutputSpec(
                    new OutputField("two_sided", 0, double.MaxValue),
                    new OutputField("one_sided", 0, double.MaxValue)
                ),
                BernoulliBoundary
            ),
        ];

    private static double AlphaOptimum(StatisticsInput input) => input.Number("alpha_opt", 0.05);

    private static double Rho(StatisticsInput input) =>
        NormalMixture.BestRho(input.Number("v_opt"), AlphaOptimum(input));

    private static double RhoOneSided(StatisticsInput input) =>
        NormalMixture.BestRhoOneSided(input.Number("v_opt"), AlphaOptimum(input));

    // Outcomes within [-g, h] of their mean can't add up to more at a variance of v.
    private static string? SumIsPossible(StatisticsInput input)
    {
        var (s, v, g, h) = (input.Number("s"), input.Number("v"), input.Number("g"), input.Number("h"));
        return s >= -v / h && s <= v / g
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"Field 's' must be from -v / h ({-v / h:R}) to v / g ({v / g:R}), not {s:R}."
            );
    }

    private static StatisticsMethod Mean(string name, bool relative, string[] titles) =>
        new(
            "sequential_mean",
            name,
            titles,
            MeanMethods.TwoMeans.With(Given.SequentialAlpha, Given.Tuning),
            new OutputSpec(
                Estimate,
                Error,
                new OutputField("p", 0, 1),
                new OutputField("ci", double.MinValue, double.MaxValue)
            ),
            input =>
            {
                var (difference, n) = Difference(input, relative);
                var (alpha, tuning) = (input.Alpha(), input.Number("tuning_N", 5000));
                var half = ConfidenceSequence.HalfWidth(difference.StandardError, n, alpha, tuning);
                var p = ConfidenceSequence.PValue(difference.Estimate, difference.StandardError, n, alpha, tuning);
                var result = StatisticsOutput.Fields(
                    ("estimate", difference.Estimate),
                    ("se", difference.StandardError),
                    ("p", p)
                );
                result["ci"] = StatisticsOutput.Pair(
                    new Bounds(difference.Estimate - half, difference.Estimate + half)
                );
                return result;
            }
        );

    private static StatisticsMethod OneSided(string name, bool relative, string title) =>
        new(
            "sequential_mean",
            name,
            [title],
            MeanMethods.TwoMeans.With(Given.OneSidedAlpha, Given.Tuning),
            new OutputSpec(
                Estimate,
                Error,
                new OutputField("lower_bound_test_greater", double.MinValue, double.MaxValue),
                new OutputField("upper_bound_test_lesser", double.MinValue, double.MaxValue)
            ),
            input =>
            {
                var (difference, n) = Difference(input, relative);
                var width = ConfidenceSequence.OneSidedWidth(
                    difference.StandardError,
                    n,
                    input.Alpha(),
                    input.Number("tuning_N", 5000)
                );
                return StatisticsOutput.Fields(
                    ("estimate", difference.Estimate),
                    ("se", difference.StandardError),
                    ("lower_bound_test_greater", difference.Estimate - width),
                    ("upper_bound_test_lesser", difference.Estimate + width)
                );
            }
        );

    private static (MeanDifference Difference, double N) Difference(StatisticsInput input, bool relative)
    {
        var (control, treatment) = MeanMethods.Arms(input);
        var difference = relative
            ? MeanComparison.Relative(control, treatment)
            : MeanComparison.Absolute(control, treatment);
        return difference.StandardError > 0
            ? (difference, control.N + treatment.N)
            : throw new StatisticsRefusal(MeanMethods.NoVariance);
    }

    private static JsonObject Contrast(StatisticsInput input)
    {
        var bounds = RatioSequence.Contrast(
            input.Arms(),
            input.Number("ratio"),
            input.Alpha(),
            input.Number("tuning_N", RatioSequence.DefaultTuning)
        );
        var result = StatisticsOutput.LowHigh(bounds);
        result["proven"] = bounds.Lower >= 0;
        result["refuted"] = bounds.Upper < 0;
        return result;
    }

    private static JsonObject BernoulliBoundary(StatisticsInput input)
    {
        var (v, alpha, g, h) = (input.Number("v"), input.Alpha(), input.Number("g"), input.Number("h"));
        return StatisticsOutput.Fields(
            ("two_sided", BernoulliSequence.Bound(v, alpha, g, h, Rho(input), oneSided: false)),
            ("one_sided", BernoulliSequence.Bound(v, alpha, g, h, RhoOneSided(input), oneSided: true))
        );
    }
}
