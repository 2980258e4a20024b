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

    private static readonly InputSpec ExcessInputs = new InputSpec(
        Given.Rows("excess", new NumberRange(-1e6, 1e6)),
        Given.Number("block", new NumberRange(1, NumberRange.LargestCount)).Optional(),
        Given.Whole("samples", 99, 100_000).Optional(),
        Given.Whole("seed", 0, 1e9).Optional()
    ).Where(EnoughDays, ExcessRowsAreEqual, CanBeDrawn);

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
            new(
                "champion",
                "superior_ability",
                ["reality check", "SPA", "StepM (one row of daily excess returns per trial)"],
                ExcessInputs,
                new OutputSpec(
                    new OutputField("reality_check", 0, 1, true),
                    new OutputField("lower", 0, 1, true),
                    new OutputField("consistent", 0, 1, true),
                    new OutputField("upper", 0, 1, true),
                    new OutputField("block", 1, double.MaxValue),
                    new OutputField("statistics", -double.MaxValue, double.MaxValue),
                    new OutputField("adjusted", 0, 1)
                ),
                SuperiorAbilityOf
            ),
        ];

    private static JsonObject SuperiorAbilityOf(StatisticsInput input)
    {
        float[][] excess = [.. input.Rows("excess").Select(row => row.Select(value => (float)value).ToArray())];
        var block = input.Number("block", BlockLength.OfAll(excess));
        var resampled = StationaryBootstrap.Draw(
            excess[0].Length,
            block,
            (int)input.Number("samples", 1000),
            (ulong)input.Number("seed", 1)
        );
        var test = SuperiorAbility.Test(excess, resampled);
        return new JsonObject
        {
            ["reality_check"] = Optional(test?.RealityCheck),
            ["lower"] = Optional(test?.Lower),
            ["consistent"] = Optional(test?.Consistent),
            ["upper"] = Optional(test?.Upper),
            ["block"] = StatisticsOutput.Number(block),
            ["statistics"] = StatisticsOutput.Numbers(test?.Statistics ?? []),
            ["adjusted"] = StatisticsOutput.Numbers(test?.Adjusted ?? []),
        };
    }

    private static string? EnoughDays(StatisticsInput input) =>
        input.Rows("excess") is { Count: > 0 } rows && rows[0].Count >= 10
            ? null
            : "Field 'excess' must hold a row of at least ten daily returns per trial.";

    private static string? ExcessRowsAreEqual(StatisticsInput input) =>
        input.Rows("excess").Select(row => row.Count).Distinct().Count() <= 1
            ? null
            : "Each row of 'excess' must hold as many days.";

    private static string? CanBeDrawn(StatisticsInput input)
    {
        var rows = input.Rows("excess");
        return rows.Count * (double)rows[0].Count * input.Number("samples", 1000) <= 1e10
            ? null
            : "These are too many trials, days and samples to go through; use fewer samples.";
    }

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
