using System.Text.Json.Nodes;
using RolloutDashboard.Core.Statistics.Inputs;
using RolloutDashboard.Core.Statistics.Verdicts;

namespace RolloutDashboard.Core.Statistics.Catalog;

internal static class VerdictMethods
{
    private const int MostMetrics = 10_000;

    private static readonly string[] Labels = ["Pass", "High", "Low", "Nodata"];

    public static IEnumerable<StatisticsMethod> All =>
        [
            new(
                "gate_verdict",
                "three_valued",
                ["three-valued gate from a success and a failure condition (failure wins)"],
                new InputSpec(
                    new TextField("success") { IsOptional = true, Rule = ConditionFault },
                    new TextField("failure") { IsOptional = true, Rule = ConditionFault },
                    new NumberField("value", NumberRange.Real, MayBeNotFinite: true)
                ),
                new OutputSpec(new OutputField("verdict", 0, 0) { IsText = true }),
                input => new JsonObject
                {
                    ["verdict"] = ThreeValuedVerdict.Of(
                        input.Optional("success"),
                        input.Optional("failure"),
                        input.Number("value")
                    ),
                }
            ),
            new(
                "gate_score",
                "weighted",
                ["weighted canary score; label:group, ! = critical metric"],
                new InputSpec(
                    new ListField("metrics", new TextField("") { Rule = MetricFault }, 0, MostMetrics),
                    new MapField("group_weights", Given.Number("", new NumberRange(0, 100))).Optional()
                ).Where(WeightsFit),
                new OutputSpec(new OutputField("score", 0, 100)),
                input =>
                    StatisticsOutput.Fields(
                        (
                            "score",
                            WeightedScore.Of(
                                input.Texts("metrics").Select(ScoredMetric.Parse).ToArray(),
                                input.Map("group_weights")
                            )
                        )
                    )
            ),
        ];

    private static string? ConditionFault(string condition) =>
        ThreeValuedVerdict.IsCondition(condition)
            ? null
            : $"must be conditions like >=0.9, <0.5, isNaN or isInf, joined by ' or ', not '{condition}'";

    private static string? MetricFault(string metric) =>
        Labels.Contains(ScoredMetric.Parse(metric).Label.TrimEnd('!'), StringComparer.Ordinal)
            ? null
            : $"must begin with one of {string.Join(", ", Labels)}, like High!:group, not '{metric}'";

    private static string? WeightsFit(StatisticsInput input) =>
        input.Map("group_weights").Values.Sum() <= 100 + 1e-9
            ? null
            : "The weights in 'group_weights' can't add up to more than 100.";
}
