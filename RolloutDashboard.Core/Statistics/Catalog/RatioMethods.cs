using System.Text.Json.Nodes;
using RolloutDashboard.Core.Statistics.Inputs;
using RolloutDashboard.Core.Statistics.Numerics;

namespace RolloutDashboard.Core.Statistics.Catalog;

internal static class RatioMethods
{
    private const int MostStrata = 10_000;

    // 0 of 0 and 0 against 0 have no ratio; intervals on logarithms have no end beside a zero.
    private static readonly OutputField Ratio = new("ratio", 0, double.PositiveInfinity, MayBeUndefined: true);
    private static readonly OutputSpec Score = new(
        Ratio,
        new OutputField("low", 0, double.PositiveInfinity),
        new OutputField("high", 0, double.PositiveInfinity)
    );
    private static readonly OutputSpec Log = new(
        Ratio,
        new OutputField("low", 0, double.PositiveInfinity, true),
        new OutputField("high", 0, double.PositiveInfinity, true)
    );

    public static IEnumerable<StatisticsMethod> All =>
        [
            Interval("score_koopman", "score_koopman(no correction)", Score, (arms, alpha) =>
                RatioIntervals.Score(arms, alpha)
            ),
            Interval("score_miettinen_nurminen", "score_miettinen_nurminen(variance * N/(N-1))", Score, (arms, alpha) =>
                RatioIntervals.Score(arms, alpha, unbiased: true)
            ),
            Interval("katz_log", "katz_log", Log, RatioIntervals.KatzLog),
            Interval("log_adjusted", "log_adjusted(+0.5 to x and n of both arms)", Score, RatioIntervals.AdjustedLog),
            new("ratio", "ratio_point", [], Given.Arms, new OutputSpec(Ratio), input =>
                StatisticsOutput.Fields(("ratio", RatioIntervals.Point(input.Arms())))
            ),
            new(
                "ratio",
                "score_duality",
                ["score test/interval duality"],
                Given.Arms.With(Given.Alpha),
                new OutputSpec(new OutputField("p_at_low", 0, 1, true), new OutputField("p_at_high", 0, 1, true)),
                Duality
            ),
            new(
                "ratio",
                "score_test",
                [],
                Given.Arms.With(Given.Number("ratio", Given.Ratio)),
                new OutputSpec(new OutputField("z", double.MinValue, double.MaxValue), new OutputField("p", 0, 1)),
                input =>
                    StatisticsOutput.Fields(
                        ("z", RatioIntervals.ScoreZ(input.Arms(), input.Number("ratio"))),
                        ("p", RatioIntervals.ScoreP(input.Arms(), input.Number("ratio")))
                    )
            ),
            new(
                "ratio",
                "stratified",
                ["mantel_haenszel"],
                new InputSpec(new ListField("strata", new ObjectField("", Given.Arms), 0, MostStrata), Given.Alpha),
                Log,
                Stratified
            ),
        ];

    private static StatisticsMethod Interval(
        string name,
        string title,
        OutputSpec outputs,
        Func<TwoArms, double, Bounds> interval
    ) => new("ratio", name, [title], Given.Arms.With(Given.Alpha), outputs, input =>
        {
            var bounds = interval(input.Arms(), input.Alpha());
            return StatisticsOutput.Fields(
                ("ratio", RatioIntervals.Point(input.Arms())),
                ("low", bounds.Lower),
                ("high", bounds.Upper)
            );
        });

    private static JsonObject Duality(StatisticsInput input)
    {
        var bounds = RatioIntervals.Score(input.Arms(), input.Alpha());
        return StatisticsOutput.Fields(
            ("p_at_low", RatioIntervals.ScoreP(input.Arms(), bounds.Lower)),
            ("p_at_high", RatioIntervals.ScoreP(input.Arms(), bounds.Upper))
        );
    }

    private static JsonObject Stratified(StatisticsInput input)
    {
        var strata = input.Objects("strata").Select(stratum => stratum.Arms()).ToArray();
        var bounds = StratifiedRatio.Interval(strata, input.Alpha());
        return StatisticsOutput.Fields(
            ("ratio", StratifiedRatio.Point(strata)),
            ("low", bounds.Lower),
            ("high", bounds.Upper)
        );
    }
}
