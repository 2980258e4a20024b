using System.Text.Json;
using RolloutDashboard.Core.Backtesting.Metrics;
using RolloutDashboard.Core.Statistics.Overfitting;

namespace RolloutDashboard.Tests.Backtesting;

public sealed class MetricVectorTests
{
    private static readonly JsonElement[] Vectors = Read();

    public static TheoryData<string> Ids => [.. Vectors.Select(vector => vector.GetProperty("id").GetString()!)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Metric_PublishedValue_IsMet(string id)
    {
        var vector = Vectors.Single(candidate => candidate.GetProperty("id").GetString() == id);
        var expected = vector.GetProperty("expected");
        var tolerance = vector.GetProperty("abs_tolerance").GetDouble();

        if (expected.ValueKind == JsonValueKind.Array)
        {
            var values = expected.EnumerateArray().Select(value => value.GetDouble()).ToArray();
            var start = vector.GetProperty("starting_value").GetDouble();
            var equity = ReturnMetrics.Equity(Returns(vector)).AsSpan(1).ToArray();
            Assert.Equal(values.Length, equity.Length);
            Assert.All(values.Zip(equity), pair =>
                Assert.Equal(pair.First, start == 0 ? pair.Second - 1 : pair.Second * start, tolerance)
            );
            return;
        }

        var actual = Compute(vector);

        // Where others publish NaN or infinity (no data, zero variance, no loss), there is no value here.
        if (expected.ValueKind == JsonValueKind.String)
        {
            Assert.Null(actual);
        }
        else
        {
            Assert.NotNull(actual);
            Assert.Equal(expected.GetDouble(), actual.Value, tolerance);
        }
    }

    private static double? Compute(JsonElement vector)
    {
        var year = Whole(vector, "periods_per_year") ?? 252;
        double[] returns = Returns(vector),
            equity = ReturnMetrics.Equity(returns);
        return vector.GetProperty("metric").GetString() switch
        {
            "total_return" => ReturnMetrics.TotalReturn(equity),
            "cagr" => ReturnMetrics.AnnualReturn(equity, year),
            "max_drawdown" => ReturnMetrics.MaxDrawdown(equity),
            "calmar" => ReturnMetrics.Calmar(
                ReturnMetrics.AnnualReturn(equity, year),
                ReturnMetrics.MaxDrawdown(equity)
            ),
            "volatility" => ReturnMetrics.Volatility(ReturnFigures.Of(returns), year),
            "annual_variance_ddof1" => Math.Pow(ReturnMetrics.Volatility(ReturnFigures.Of(returns), year)!.Value, 2),
            "sharpe" => ReturnMetrics.Sharpe(ReturnFigures.Of(Less(returns, vector, "risk_free")), year),
            "sharpe_rf2pct_annual" => ReturnMetrics.Sharpe(
                ReturnFigures.Of(returns),
                year,
                ReturnMetrics.PerPeriod(vector.GetProperty("rf_annual").GetDouble(), year)
            ),
            "sortino" => ReturnMetrics.Sortino(ReturnFigures.Of(Less(returns, vector, "required_return")), year),
            "downside_risk" => ReturnMetrics.DownsideRisk(
                ReturnFigures.Of(Less(returns, vector, "required_return")),
                year
            ),
            "win_rate_nonzero_periods" => ReturnMetrics.WinRate(ReturnFigures.Of(returns)),
            "skew_bias_corrected" => ReturnMoments.Of(returns)!.SkewnessCorrected,
            "kurtosis_excess_bias_corrected" => ReturnMoments.Of(returns)!.ExcessKurtosisCorrected,
            var metric => ComputeOverfitting(metric, vector, returns),
        };
    }

    private static double? ComputeOverfitting(string? metric, JsonElement vector, double[] returns) =>
        metric switch
        {
            "expected_max_of_N_standard_normals_approx" => DeflatedSharpe.ExpectedMaximum(
                vector.GetProperty("N_trials").GetDouble()
            ),
            "deflated_sharpe" => DeflatedSharpe.Ratio(
                Number(vector, "sr_per_period"),
                Whole(vector, "T")!.Value,
                Number(vector, "skew"),
                Number(vector, "kurtosis_raw"),
                Number(vector, "N_trials"),
                Number(vector, "var_sr_per_period")
            ),
            "probabilistic_sharpe" => DeflatedSharpe.Probabilistic(
                Number(vector, "sr_per_period"),
                Number(vector, "sr_benchmark_per_period"),
                Whole(vector, "T")!.Value,
                Number(vector, "skew"),
                Number(vector, "kurtosis_raw")
            ),
            "probabilistic_sharpe_from_returns" => FromReturns(returns, Number(vector, "sr_benchmark_per_period")),
            "pbo_cscv" => BacktestOverfitting.Probability(
                [
                    .. vector
                        .GetProperty("returns_matrix_T_by_N")
                        .EnumerateArray()
                        .Select(row =>
                            (IReadOnlyList<double>)[.. row.EnumerateArray().Select(value => value.GetDouble())]
                        ),
                ],
                Whole(vector, "S_blocks")!.Value
            ),
            _ => throw new InvalidOperationException($"No test knows the metric {metric}."),
        };

    private static double? FromReturns(double[] returns, double benchmark)
    {
        var moments = ReturnMoments.Of(returns)!;
        return DeflatedSharpe.Probabilistic(
            moments.Mean / moments.Deviation,
            benchmark,
            moments.Count,
            moments.SkewnessCorrected,
            moments.ExcessKurtosisCorrected + 3
        );
    }

    private static double[] Less(double[] returns, JsonElement vector, string name)
    {
        if (!vector.TryGetProperty(name, out var rate))
        {
            return returns;
        }

        return rate.ValueKind == JsonValueKind.Number
            ? [.. returns.Select(value => value - rate.GetDouble())]
            :
            [
                .. returns.Zip(rate.EnumerateArray(), (value, less) =>
                    value - (less.ValueKind == JsonValueKind.Null ? double.NaN : less.GetDouble())
                ),
            ];
    }

    private static double[] Returns(JsonElement vector)
    {
        if (vector.TryGetProperty("returns_constant", out var constant))
        {
            return [.. Enumerable.Repeat(constant[0].GetDouble(), constant[1].GetInt32())];
        }

        return vector.TryGetProperty("returns", out var returns)
            ?
            [
                .. returns
                    .EnumerateArray()
                    .Select(value => value.ValueKind == JsonValueKind.Null ? double.NaN : value.GetDouble()),
            ]
            : [];
    }

    private static double Number(JsonElement vector, string name) => vector.GetProperty(name).GetDouble();

    private static int? Whole(JsonElement vector, string name) =>
        vector.TryGetProperty(name, out var value) ? value.GetInt32() : null;

    private static JsonElement[] Read()
    {
        using var document = JsonDocument.Parse(
            File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Vectors", "metrics.json"))
        );
        return [.. document.RootElement.GetProperty("vectors").EnumerateArray().Select(vector => vector.Clone())];
    }
}
