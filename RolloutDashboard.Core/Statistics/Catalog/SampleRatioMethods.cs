using System.Text.Json.Nodes;

namespace RolloutDashboard.Core.Statistics.Catalog;

internal static class SampleRatioMethods
{
    public static IEnumerable<StatisticsMethod> All =>
    [
        new("srm", "chi_square", [
            "chi-square goodness of fit",
            "chi-square goodness of fit; arms with weight 0 or no count are skipped; <2 arms or no data => p=1"], input =>
            StatisticsOutput.Fields(("p", SampleRatio.P(input.Numbers("observed"), input.Numbers("weights"))))),
        new("srm", "stratified", [], input => StatisticsOutput.Fields(("p", SampleRatio.PStratified(
            input.Objects("strata").Select(stratum => (stratum.Number("x"), stratum.Number("n"), stratum.Number("share"))).ToArray())))),
        new("srm_sequential", "dirichlet_multinomial", [
            "sequential SRM (Dirichlet-multinomial vs multinomial), cumulative log marginals after each unit",
            "same, time-aggregated"], Sequential),
    ];

    private static JsonObject Sequential(StatisticsInput input)
    {
        var steps = SampleRatio.Sequential(input.Rows("data"), input.Numbers("null"), input.Numbers("dirichlet_alpha"));
        return new JsonObject
        {
            ["log_m1"] = StatisticsOutput.Numbers(steps.Select(step => step.LogAlternative)),
            ["log_m0"] = StatisticsOutput.Numbers(steps.Select(step => step.LogNull)),
            ["p"] = StatisticsOutput.Numbers(steps.Select(step => Math.Min(1, Math.Exp(step.LogNull - step.LogAlternative)))),
        };
    }
}
