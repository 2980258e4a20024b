using System.Text.Json.Nodes;

namespace RolloutDashboard.Core.Statistics.Catalog;

internal static class RatioMethods
{
    public static IEnumerable<StatisticsMethod> All =>
    [
        Interval("score_koopman", "score_koopman(no correction)", (arms, alpha) => RatioIntervals.Score(arms, alpha)),
        Interval("score_miettinen_nurminen", "score_miettinen_nurminen(variance * N/(N-1))", (arms, alpha) => RatioIntervals.Score(arms, alpha, unbiased: true)),
        Interval("katz_log", "katz_log", RatioIntervals.KatzLog),
        Interval("log_adjusted", "log_adjusted(+0.5 to x and n of both arms)", RatioIntervals.AdjustedLog),
        new("ratio", "ratio_point", [], input => StatisticsOutput.Fields(("ratio", RatioIntervals.Point(input.Arms())))),
        new("ratio", "score_duality", ["score test/interval duality"], Duality),
        new("ratio", "score_test", [], input => StatisticsOutput.Fields(
            ("z", RatioIntervals.ScoreZ(input.Arms(), input.Number("ratio"))),
            ("p", RatioIntervals.ScoreP(input.Arms(), input.Number("ratio"))))),
        new("ratio", "stratified", ["mantel_haenszel"], Stratified),
    ];

    private static StatisticsMethod Interval(string name, string title, Func<TwoArms, double, Bounds> interval) => new("ratio", name, [title], input =>
    {
        var bounds = interval(input.Arms(), input.Alpha());
        return StatisticsOutput.Fields(("ratio", RatioIntervals.Point(input.Arms())), ("low", bounds.Lower), ("high", bounds.Upper));
    });

    private static JsonObject Duality(StatisticsInput input)
    {
        var bounds = RatioIntervals.Score(input.Arms(), input.Alpha());
        return StatisticsOutput.Fields(
            ("p_at_low", RatioIntervals.ScoreP(input.Arms(), bounds.Lower)),
            ("p_at_high", RatioIntervals.ScoreP(input.Arms(), bounds.Upper)));
    }

    private static JsonObject Stratified(StatisticsInput input)
    {
        var strata = input.Objects("strata").Select(stratum => stratum.Arms()).ToArray();
        var bounds = StratifiedRatio.Interval(strata, input.Alpha());
        return StatisticsOutput.Fields(("ratio", StratifiedRatio.Point(strata)), ("low", bounds.Lower), ("high", bounds.Upper));
    }
}
