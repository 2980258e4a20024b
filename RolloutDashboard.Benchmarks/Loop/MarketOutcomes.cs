using System.Globalization;
using RolloutDashboard.Core.Backtesting;
using RolloutDashboard.Core.Backtesting.Positions;
using RolloutDashboard.Core.Iterations;
using RolloutDashboard.Core.Llm;
using RolloutDashboard.Core.Market;
using RolloutDashboard.Core.Market.Indicators;
using RolloutDashboard.Core.Market.Synthetic;
using RolloutDashboard.Core.Strategies.FullCode.Hosts;
using RolloutDashboard.Core.Strategies.Json;
using RolloutDashboard.Core.Strategies.Templates;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Benchmarks.Loop;

/// <summary>What the synthetic market lets random pickers, the templates' grids and a demo rollout reach, seed by
/// seed.</summary>
internal static class MarketOutcomes
{
    private const int FirstSeed = 20240117;
    private const int Samples = 60;
    private static readonly BacktestSettings Settings = new();

    public static async Task RunAsync(TextWriter output, int seeds)
    {
        var columns = TemplateLibrary.All.Select(template => template.Name).Prepend("random").ToArray();
        output.WriteLine($"seed      {string.Join("  ", columns)}");
        var rows = new Row[seeds];
        await using var strategyHost = new ChildProcessStrategyHost(new SandboxOptions(), TimeProvider.System);
        await strategyHost.StartAsync(CancellationToken.None);
        await Parallel.ForAsync(
            0,
            seeds,
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
            async (index, _) =>
            {
                var seed = FirstSeed + index;
                rows[index] = await MeasureAsync(seed, strategyHost);
                lock (output)
                {
                    output.WriteLine($"{seed}  {Shares(rows[index].Shares)}  | {rows[index].Course}");
                    output.Flush();
                }
            }
        );

        output.WriteLine(
            $"mean      {Shares([.. Enumerable.Range(0, columns.Length).Select(column => rows.Average(row => row.Shares[column]))])}"
        );
        foreach (
            var group in rows.GroupBy(row => $"3.1 {row.Course.First.Ending}")
                .Concat(rows.GroupBy(row => $"3.2 {row.Course.Second.Ending}"))
                .OrderBy(group => group.Key, StringComparer.Ordinal)
        )
        {
            output.WriteLine($"{group.Key}: {group.Count()} of {seeds}");
        }
    }

    private static async Task<Row> MeasureAsync(int seed, ChildProcessStrategyHost strategyHost)
    {
        var market = SyntheticMarketSource.Generate(new SyntheticMarketOptions { Seed = seed }, CancellationToken.None);
        double[] shares =
        [
            RandomPickers(market, seed),
            .. TemplateLibrary.All.Select(template => Grid(market, template, seed)),
        ];
        return new Row(shares, await DemoCourse.RunAsync(market, $"{seed}", strategyHost));
    }

    private static string Shares(double[] shares) =>
        string.Join("  ", shares.Select(share => share.ToString("0%", CultureInfo.InvariantCulture)));

    private static double RandomPickers(MarketPanel market, int seed)
    {
        var random = new SeededChoices($"pickers/{seed}");
        var calendar = RebalanceCalendar.Calendar(market, Resample.Monthly, 0, market.DayCount);
        return Share(
            market,
            Enumerable
                .Range(0, Samples)
                .Select(_ => new PositionPlan(
                    [.. calendar.Days.Select(day => new Rebalance(day, Pick(market, day, random)))],
                    null,
                    null
                ))
        );
    }

    private static int[] Pick(MarketPanel market, int day, SeededChoices random)
    {
        var picks = new HashSet<int>();
        for (var tries = 0; picks.Count < 10 && tries < 1000; tries++)
        {
            var stock = random.Below(market.StockCount);
            if (!double.IsNaN(market.Day(market.PriceField, day)[stock]))
            {
                picks.Add(stock);
            }
        }

        return [.. picks];
    }

    private static double Grid(MarketPanel market, ITemplate template, int seed)
    {
        var cache = new IndicatorCache();
        var choices = new SeededChoices($"grid/{seed}/{template.Name}");
        return Share(
            market,
            Enumerable
                .Range(0, Samples)
                .Select(_ =>
                    template.Plan(
                        new IndicatorView(market, cache),
                        GridPoints.Draw(template.Schema, choices),
                        market.DayCount
                    )
                )
        );
    }

    private static double Share(MarketPanel market, IEnumerable<PositionPlan> plans) =>
        plans.Average(plan =>
            Backtester.Run(market, plan, Settings, 0, Settings.VisibleDays(market.DayCount)).Metrics is var metrics
            && Classifier.Classify(true, metrics.SharpeRatio, metrics.TotalReturn, metrics.MaxDrawdown)
                == SuccessLevel.Profitable
                ? 1.0
                : 0
        );

    private sealed record Row(double[] Shares, DemoCourse Course);
}
