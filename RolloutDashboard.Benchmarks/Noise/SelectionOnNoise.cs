using System.Globalization;
using RolloutDashboard.Core.Backtesting;
using RolloutDashboard.Core.Monitoring.Overfitting;
using RolloutDashboard.Core.Statistics.Overfitting;

namespace RolloutDashboard.Benchmarks.Noise;

/// <summary>
/// What the tests of the best of many trials say where the truth is known: the table of docs/statistics.md. Markets are
/// seeded, so a second run prints the same.
/// </summary>
internal sealed class SelectionOnNoise(TextWriter output, int markets)
{
    private const int Days = 1000;
    private const int Strategies = 50;
    private const int ManyStrategies = 200;
    private const int Samples = MeasureOverfitting.Samples;
    private const double PlantedSharpe = 2;

    private static readonly BacktestSettings WithCosts = new() { HoldOut = 0 };
    private static readonly BacktestSettings Free = WithCosts with { Commission = 0, SalesTax = 0 };

    public void Run()
    {
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{markets} markets a row, {Days} days, {Samples} bootstrap samples; mean block by Politis and White unless said otherwise.\n"
            )
        );
        output.WriteLine(
            "| noise market | test | at or below 5 % | at or below 1 % | Kolmogorov-Smirnov D | its p | PBO, mean |"
        );
        output.WriteLine("|---|---|---|---|---|---|---|");
        Noise("no costs", Free, byLength: true);
        Noise("no costs, block sqrt(T)", Free, byLength: false);
        Noise("with costs", WithCosts, byLength: true);
        output.WriteLine();
        output.WriteLine(
            "| planted, annual Sharpe of its excess return 2, among 200 | days | found | a worthless one named | SPA at or below 5 % |"
        );
        output.WriteLine("|---|---|---|---|---|");
        foreach (var days in new[] { 500, Days, 2 * Days })
        {
            Planted(days, Math.Min(markets, 200));
        }
    }

    private void Noise(string name, BacktestSettings settings, bool byLength)
    {
        var tests = new SuperiorAbility[markets];
        var overfitting = new double[markets];
        Parallel.For(0, markets, seed =>
        {
            var (returns, excess) = new NoiseMarket(seed, Days).Try(Strategies, settings);
            tests[seed] = Test(excess, byLength ? BlockLength.OfAll(excess) : Math.Sqrt(Days), seed);
            overfitting[seed] = BacktestOverfitting.Probability(returns, MeasureOverfitting.Blocks)!.Value;
        });
        Row(name, "reality check", tests.Select(test => test.RealityCheck), overfitting.Average());
        Row(name, "SPA lower", tests.Select(test => test.Lower), overfitting.Average());
        Row(name, "SPA consistent", tests.Select(test => test.Consistent), overfitting.Average());
        Row(name, "SPA upper", tests.Select(test => test.Upper), overfitting.Average());
    }

    private void Planted(int days, int runs)
    {
        var found = 0;
        var wrong = 0;
        var significant = 0;
        Parallel.For(0, runs, run =>
        {
            var market = new NoiseMarket(1_000_000 + run, days);
            var (_, excess) = market.Try(ManyStrategies, Free);
            excess[0] = market.Planted(excess[0], PlantedSharpe);
            var test = Test(excess, BlockLength.OfAll(excess), run);
            Add(ref found, test.Adjusted[0] <= TrialStanding.Level);
            Add(ref wrong, test.Adjusted.Skip(1).Any(p => p <= TrialStanding.Level));
            Add(ref significant, test.Consistent <= TrialStanding.Level);
        });
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"| {runs} runs | {days:#,0} | {Percent(found, runs)} | {Percent(wrong, runs)} | {Percent(significant, runs)} |"
            )
        );
    }

    private static SuperiorAbility Test(float[][] excess, double block, int seed) =>
        SuperiorAbility.Test(excess, StationaryBootstrap.Draw(excess[0].Length, block, Samples, (ulong)seed))!;

    private void Row(string name, string test, IEnumerable<double> values, double overfitting)
    {
        double[] p = [.. values];
        var uniform = UniformityTest.Of(p);
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"| {name} | {test} | {Percent(p.Count(value => value <= 0.05), p.Length)} | {Percent(p.Count(value => value <= 0.01), p.Length)} | {uniform.Distance:0.000} | {uniform.P:0.00} | {overfitting:0.00} |"
            )
        );
        output.Flush();
    }

    private static void Add(ref int count, bool holds)
    {
        if (holds)
        {
            Interlocked.Increment(ref count);
        }
    }

    private static string Percent(int count, int of) =>
        string.Create(CultureInfo.InvariantCulture, $"{100d * count / of:0.0} %");
}
