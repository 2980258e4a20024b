using MathNet.Numerics.Statistics;
using RolloutDashboard.Core.Market;
using RolloutDashboard.Core.Market.Indicators;
using RolloutDashboard.Core.Market.Synthetic;

namespace RolloutDashboard.Tests.Market;

/// <summary>Statistics of one synthetic market; rates per year, premiums per month.</summary>
public sealed record SeedStatistics(
    double Drift,
    double Volatility,
    double StockVolatility,
    double Correlation,
    double Kurtosis,
    double Clustering,
    double VolumeCorrelation,
    double Momentum,
    double Value
);

/// <summary>Measures several seeds once for all tests.</summary>
public sealed class SyntheticStatistics
{
    private const int HalfYear = 126;
    private readonly SeedStatistics[] _seeds =
    [
        .. Enumerable
            .Range(1, 8)
            .Select(seed =>
                Measure(SyntheticMarketSource.Generate(new SyntheticMarketOptions { Seed = seed, Stocks = 150 }))
            ),
    ];

    public double Mean(Func<SeedStatistics, double> part) => _seeds.Average(part);

    private static SeedStatistics Measure(MarketPanel panel)
    {
        var close = panel.ByDay(MarketField.Close);
        var returns = Enumerable
            .Range(0, panel.StockCount)
            .Select(stock => Returns(panel.Stock(MarketField.Close, stock)))
            .ToArray();
        var index = Enumerable
            .Range(1, panel.DayCount - 1)
            .Select(day => returns.Select(stock => stock[day]).Where(double.IsFinite).Average())
            .ToArray();
        var known = returns
            .Select((values, stock) => Known(values, panel.Stock(MarketField.Volume, stock)))
            .Where(pairs => pairs.Moves.Length > 1000)
            .ToArray();
        return new SeedStatistics(
            index.Average() * 252,
            index.StandardDeviation() * Math.Sqrt(252),
            known.Select(pairs => pairs.Moves.StandardDeviation() * Math.Sqrt(252)).Median(),
            Pairs(returns).Average(),
            known.Select(pairs => pairs.Moves.Kurtosis() + 3).Median(),
            known.Average(pairs =>
                MathNet.Numerics.Statistics.Correlation.Pearson(pairs.Sizes[1..], pairs.Sizes[..^1])
            ),
            known.Average(pairs => MathNet.Numerics.Statistics.Correlation.Pearson(pairs.Sizes, pairs.LogVolumes)),
            Spread(panel, HalfYear, HalfYear, 0.1, (day, stock) =>
                close[(day * panel.StockCount) + stock] / close[((day - HalfYear) * panel.StockCount) + stock]
            ) / 6,
            Spread(panel, 1, 21, 0.3, (day, stock) =>
                -panel.ByDay(MarketField.PriceToBook)[(day * panel.StockCount) + stock]
            )
        );
    }

    private static double[] Returns(ReadOnlySpan<double> prices)
    {
        var returns = new double[prices.Length];
        returns[0] = double.NaN;
        for (var day = 1; day < prices.Length; day++)
        {
            returns[day] = (prices[day] / prices[day - 1]) - 1;
        }

        return returns;
    }

    private static (double[] Moves, double[] Sizes, double[] LogVolumes) Known(
        double[] returns,
        ReadOnlySpan<double> volume
    )
    {
        var logs = volume.ToArray().Select(shares => Math.Log(shares)).ToArray();
        var days = Enumerable.Range(0, returns.Length).Where(day => double.IsFinite(returns[day])).ToArray();
        return (
            [.. days.Select(day => returns[day])],
            [.. days.Select(day => Math.Abs(returns[day]))],
            [.. days.Select(day => logs[day])]
        );
    }

    private static IEnumerable<double> Pairs(double[][] returns)
    {
        for (var first = 0; first < returns.Length; first += 7)
        {
            for (var second = first + 1; second < returns.Length; second += 9)
            {
                var days = Enumerable
                    .Range(0, returns[0].Length)
                    .Where(day => double.IsFinite(returns[first][day] + returns[second][day]))
                    .ToArray();
                if (days.Length > 500)
                {
                    yield return MathNet.Numerics.Statistics.Correlation.Pearson(
                        days.Select(day => returns[first][day]),
                        days.Select(day => returns[second][day])
                    );
                }
            }
        }
    }

    /// <summary>Mean return over the holding days of the top share by key minus that of the bottom share.</summary>
    private static double Spread(MarketPanel panel, int start, int hold, double share, Func<int, int, double> key)
    {
        var close = panel.ByDay(MarketField.Close);
        var spreads = new List<double>();
        for (var day = start; day + hold < panel.DayCount; day += 21)
        {
            var sorted = Enumerable
                .Range(0, panel.StockCount)
                .Select(stock =>
                    (
                        Key: key(day, stock),
                        Return: (
                            close[((day + hold) * panel.StockCount) + stock] / close[(day * panel.StockCount) + stock]
                        ) - 1
                    )
                )
                .Where(pair => double.IsFinite(pair.Key + pair.Return))
                .OrderBy(pair => pair.Key)
                .ToArray();
            var count = (int)(sorted.Length * share);
            spreads.Add(sorted[^count..].Average(pair => pair.Return) - sorted[..count].Average(pair => pair.Return));
        }

        return spreads.Average();
    }
}
