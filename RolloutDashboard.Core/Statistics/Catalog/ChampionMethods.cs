using System.Text.Json.Nodes;

namespace RolloutDashboard.Core.Statistics.Catalog;

/// <summary>What the best of many tries is worth.</summary>
internal static class ChampionMethods
{
    public static IEnumerable<StatisticsMethod> All =>
    [
        new("champion", "deflated_sharpe", ["deflated Sharpe ratio (per period; raw kurtosis)"], input =>
        {
            var (trials, variance, n) = (input.Number("trials"), input.Number("variance"), (int)input.Number("n"));
            return new JsonObject
            {
                ["sr0"] = StatisticsOutput.Number(trials < 2 ? 0 : DeflatedSharpe.Benchmark(trials, variance)),
                ["dsr"] = Optional(n < 2 ? null : DeflatedSharpe.Ratio(input.Number("sharpe"), n, input.Number("skewness", 0), input.Number("kurtosis", 3), trials, variance)),
            };
        }),
        new("champion", "overfitting", ["probability of backtest overfitting (CSCV)"], input => new JsonObject
        {
            ["pbo"] = Optional(BacktestOverfitting.Probability(input.Rows("returns"), (int)input.Number("blocks", 8))),
        }),
    ];

    // Too little to say: no number rather than a wrong one.
    private static JsonNode? Optional(double? value) => value is { } number ? StatisticsOutput.Number(number) : null;
}
