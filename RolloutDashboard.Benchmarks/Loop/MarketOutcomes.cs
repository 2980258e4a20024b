using System.Globalization;
using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Backtesting;
using RolloutDashboard.Core.Iterations;
using RolloutDashboard.Core.Llm;
using RolloutDashboard.Core.Market;
using RolloutDashboard.Core.Strategies.Json;
using RolloutDashboard.Core.Strategies.Templates;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Benchmarks.Loop;

/// <summary>What the synthetic market lets random pickers, the templates' grids and the JSON arm of a demo reach, seed by seed.</summary>
internal static class MarketOutcomes
{
    private const int FirstSeed = 20240117;
    private const int Samples = 60;
    private const int GateIterations = 100;
    private const int RollbackWindow = 30;
    private static readonly BacktestSettings Settings = new();

    public static async Task RunAsync(TextWriter output, int seeds)
    {
        var columns = TemplateLibrary.All.Select(template => template.Name).Prepend("random").ToArray();
        output.WriteLine($"seed      {string.Join("  ", columns)}  | JSON arm: Level 3, mean Sharpe, lowest of {RollbackWindow}");
        var sums = new double[columns.Length];
        var (passed, rolledBack) = (0, 0);
        for (var seed = FirstSeed; seed < FirstSeed + seeds; seed++)
        {
            var market = SyntheticMarketSource.Generate(new SyntheticMarketOptions { Seed = seed }, CancellationToken.None);
            double[] shares = [RandomPickers(market, seed), .. TemplateLibrary.All.Select(template => Grid(market, template, seed))];
            var (success, sharpe, lowest) = await JsonArmAsync(market, seed);
            passed += success >= 0.8 && sharpe >= 0.15 ? 1 : 0;
            rolledBack += lowest < 0.5 ? 1 : 0;
            for (var i = 0; i < shares.Length; i++)
            {
                sums[i] += shares[i];
            }

            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{seed}  {string.Join("  ", shares.Select(share => share.ToString("0%", CultureInfo.InvariantCulture)))}  | {success:0%} {sharpe:0.00} {lowest:0%}"));
        }

        output.WriteLine($"mean  {string.Join("  ", sums.Select(sum => (sum / seeds).ToString("0.0%", CultureInfo.InvariantCulture)))}");
        output.WriteLine($"JSON arm meets the rates of gate 3.1 at {GateIterations} iterations: {passed} of {seeds}; below 50 % of {RollbackWindow} at some time: {rolledBack} of {seeds}");
    }

    private static double RandomPickers(MarketPanel market, int seed)
    {
        var random = new SeededChoices($"pickers/{seed}");
        var calendar = RebalanceCalendar.Calendar(market, Resample.Monthly, 0, market.DayCount);
        return Share(market, Enumerable.Range(0, Samples).Select(_ => new PositionPlan([.. calendar.Days.Select(day => new Rebalance(day, Pick(market, day, random)))], null, null)));
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
        return Share(market, Enumerable.Range(0, Samples).Select(_ => template.Plan(new IndicatorView(market, cache), GridPoints.Draw(template.Schema, choices), market.DayCount)));
    }

    private static double Share(MarketPanel market, IEnumerable<PositionPlan> plans) =>
        plans.Average(plan => Backtester.Run(market, plan, Settings, 0, Settings.VisibleDays(market.DayCount)).Metrics is var metrics
            && Classifier.Classify(true, metrics.SharpeRatio, metrics.TotalReturn, metrics.MaxDrawdown) == SuccessLevel.Profitable ? 1.0 : 0);

    private static async Task<(double Success, double Sharpe, double Lowest)> JsonArmAsync(MarketPanel market, int seed)
    {
        await using var rollout = await BenchRollout.OpenAsync();
        var pipeline = rollout.Pipeline(market, seed.ToString(CultureInfo.InvariantCulture));
        var claims = new List<long>();
        while (claims.Count < GateIterations)
        {
            var claim = await rollout.ClaimJsonAsync();
            await pipeline.RunAsync(claim with { Seed = $"{seed}", FallbackToFullCode = false }, CancellationToken.None);
            claims.Add(claim.Id);
        }

        await using var db = rollout.CreateDbContext();
        var rows = await db.Iterations.Where(row => claims.Contains(row.Id)).OrderBy(row => row.Number).ToListAsync();
        double[] successes = [.. rows.Select(row => row.Level == SuccessLevel.Profitable ? 1.0 : 0)];
        var lowest = Enumerable.Range(RollbackWindow, GateIterations - RollbackWindow + 1).Min(end => successes.Skip(end - RollbackWindow).Take(RollbackWindow).Average());
        return (successes.Average(), rows.Where(row => row.SharpeRatio is not null).Average(row => row.SharpeRatio!.Value), lowest);
    }
}
