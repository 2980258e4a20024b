using System.Globalization;
using System.Text.Json.Nodes;
using RolloutDashboard.Core.Statistics.Inputs;
using RolloutDashboard.Core.Statistics.Overfitting;

namespace RolloutDashboard.Core.Statistics.Catalog;

/// <summary>What the best of many tries is worth.</summary>
internal static class ChampionMethods
{
    private const double MostWork = 1e8;

    private static readonly NumberRange Sharpe = new(-1e6, 1e6);

    private static readonly InputSpec SharpeInputs = new InputSpec(
        Given.Number("sharpe", Sharpe),
        Given.Whole("n", 0, NumberRange.LargestCount),
        Given.Number("skewness", Sharpe).Optional(),
        Given.Number("kurtosis", new NumberRange(1, 1e12)).Optional(),
        Given.Number("trials", new NumberRange(1, 1e12)),
        Given.Number("variance", NumberRange.NotNegative)
    ).Where(MomentsFit);

    private static readonly InputSpec ReturnInputs = new InputSpec(
        Given.Rows("returns", NumberRange.Real),
        Given.Whole("blocks", 2, 20).Optional()
    ).Where(BlocksAreEven, RowsAreEqual, CanBeDone);

    public static IEnumerable<StatisticsMethod> All =>
        [
            new(
                "champion",
                "deflated_sharpe",
                ["deflated Sharpe ratio (per period; raw kurtosis)"],
                SharpeInputs,
                new OutputSpec(new OutputField("sr0", 0, double.MaxValue), new OutputField("dsr", 0, 1, true)),
                input =>
                {
                    var (trials, variance, n) = (
                        input.Number("trials"),
                        input.Number("variance"),
                        (int)input.Number("n")
                    );
                    return new JsonObject
                    {
                        ["sr0"] = StatisticsOutput.Number(trials < 2 ? 0 : DeflatedSharpe.Benchmark(trials, variance)),
                        ["dsr"] = Optional(
                            n < 2
                                ? null
                                : DeflatedSharpe.Ratio(
                                    input.Number("sharpe"),
                                    n,
                                    input.Number("skewness", 0),
                                    input.Number("kurtosis", 3),
                                    trials,
                                    variance
                                )
                        ),
                    };
                }
            ),
            new(
                "champion",
                "overfitting",
                ["probability of backtest overfitting (CSCV)"],
                ReturnInputs,
                new OutputSpec(new OutputField("pbo", 0, 1, true)),
                input => new JsonObject
                {
                    ["pbo"] = Optional(
                        BacktestOverfitting.Probability(input.Rows("returns"), (int)input.Number("blocks", 8))
                    ),
                }
            ),
        ];

    // No distribution has a smaller kurtosis (Pearson 1916).
    private static string? MomentsFit(StatisticsInput input)
    {
        var (skewness, kurtosis) = (input.Number("skewness", 0), input.Number("kurtosis", 3));
        return kurtosis >= (1 + (skewness * skewness)) * (1 - 1e-9)
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"Raw kurtosis ({kurtosis:R}) can't be below 1 + skewness squared ({1 + (skewness * skewness):R}); excess kurtosis is 3 less than raw kurtosis."
            );
    }

    private static string? BlocksAreEven(StatisticsInput input) =>
        input.Number("blocks", 8) % 2 == 0 ? null : "Field 'blocks' must be even.";

    private static string? RowsAreEqual(StatisticsInput input) =>
        input.Rows("returns").Select(row => row.Count).Distinct().Count() <= 1
            ? null
            : "Each row of 'returns' must hold one return per trial.";

    private static string? CanBeDone(StatisticsInput input)
    {
        var (rows, blocks) = (input.Rows("returns"), input.Number("blocks", 8));
        var choices = Math.Pow(2, blocks) / Math.Sqrt(Math.PI * blocks / 2);
        return rows.Count == 0 || choices * blocks * rows[0].Count <= MostWork
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{rows[0].Count:#,0} trials in {blocks} blocks are too many choices to go through; use fewer blocks."
            );
    }

    // Too little to say: no number rather than a wrong one.
    private static JsonNode? Optional(double? value) => value is { } number ? StatisticsOutput.Number(number) : null;
}
