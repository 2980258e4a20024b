using System.Text.Json.Nodes;
using RolloutDashboard.Core.Statistics.Inputs;

namespace RolloutDashboard.Core.Statistics.Catalog;

internal static class SampleRatioMethods
{
    private const int MostItems = 100_000;
    private const int MostArms = 1_000;

    private static readonly OutputSpec P = new(new OutputField("p", 0, 1));

    private static readonly InputSpec Stratum = new InputSpec(
        Given.Count("x"),
        Given.Count("n"),
        Given.Number("share", NumberRange.Share)
    ).Where(Given.NotAbove("x", "n"));

    public static IEnumerable<StatisticsMethod> All =>
        [
            new(
                "srm",
                "chi_square",
                [
                    "chi-square goodness of fit",
                    "chi-square goodness of fit; arms with weight 0 or no count are skipped; <2 arms or no data => p=1",
                ],
                new InputSpec(
                    Given.Numbers("observed", NumberRange.Count),
                    Given.Numbers("weights", new NumberRange(0, 1e6))
                ).Where(NoMoreThanWeights),
                P,
                input =>
                    StatisticsOutput.Fields(("p", SampleRatio.P(input.Numbers("observed"), input.Numbers("weights"))))
            ),
            new(
                "srm",
                "stratified",
                [],
                new InputSpec(new ListField("strata", new ObjectField("", Stratum), 0, MostItems)),
                P,
                input =>
                    StatisticsOutput.Fields(
                        (
                            "p",
                            SampleRatio.PStratified(
                                input
                                    .Objects("strata")
                                    .Select(stratum =>
                                        (stratum.Number("x"), stratum.Number("n"), stratum.Number("share"))
                                    )
                                    .ToArray()
                            )
                        )
                    )
            ),
            new(
                "srm_sequential",
                "dirichlet_multinomial",
                [
                    "sequential SRM (Dirichlet-multinomial vs multinomial), cumulative log marginals after each unit",
                    "same, time-aggregated",
                ],
                new InputSpec(
                    Given.Rows("data", NumberRange.Count, MostItems),
                    Given.Numbers("null", NumberRange.Share, 1, MostArms),
                    Given.Numbers("dirichlet_alpha", new NumberRange(1e-6, 1e6), 1, MostArms)
                ).Where(Given.SameLength("null", "dirichlet_alpha"), BatchesHoldEachArm, SharesAddUp),
                new OutputSpec(
                    new OutputField("log_m1", double.MinValue, double.MaxValue),
                    new OutputField("log_m0", double.NegativeInfinity, double.MaxValue),
                    new OutputField("p", 0, 1)
                ),
                Sequential
            ),
        ];

    // Arms without a count at the end may be left out.
    private static string? NoMoreThanWeights(StatisticsInput input) =>
        input.Length("observed") <= input.Length("weights")
            ? null
            : $"Field 'observed' holds {input.Length("observed")} counts, but 'weights' only {input.Length("weights")} arms.";

    private static string? BatchesHoldEachArm(StatisticsInput input)
    {
        var arms = input.Length("null");
        return input.Rows("data").All(batch => batch.Count == arms)
            ? null
            : $"Each row of 'data' must hold {arms} counts, one for each item of 'null'.";
    }

    private static string? SharesAddUp(StatisticsInput input) =>
        Math.Abs(input.Numbers("null").Sum() - 1) <= 1e-6 ? null : "The shares in 'null' must add up to 1.";

    private static JsonObject Sequential(StatisticsInput input)
    {
        var steps = SampleRatio.Sequential(input.Rows("data"), input.Numbers("null"), input.Numbers("dirichlet_alpha"));
        return new JsonObject
        {
            ["log_m1"] = StatisticsOutput.Numbers(steps.Select(step => step.LogAlternative)),
            ["log_m0"] = StatisticsOutput.Numbers(steps.Select(step => step.LogNull)),
            ["p"] = StatisticsOutput.Numbers(
                steps.Select(step => Math.Min(1, Math.Exp(step.LogNull - step.LogAlternative)))
            ),
        };
    }
}
