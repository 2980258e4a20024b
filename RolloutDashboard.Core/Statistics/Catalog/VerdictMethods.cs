using System.Text.Json.Nodes;

namespace RolloutDashboard.Core.Statistics.Catalog;

internal static class VerdictMethods
{
    public static IEnumerable<StatisticsMethod> All =>
    [
        new("gate_verdict", "three_valued", ["three-valued gate from a success and a failure condition (failure wins)"], input => new JsonObject
        {
            ["verdict"] = ThreeValuedVerdict.Of(input.Optional("success"), input.Optional("failure"), input.Number("value")),
        }),
        new("gate_score", "weighted", ["weighted canary score; label:group, ! = critical metric"], input => StatisticsOutput.Fields(
            ("score", WeightedScore.Of(input.Texts("metrics").Select(ScoredMetric.Parse).ToArray(), input.Map("group_weights"))))),
    ];
}
