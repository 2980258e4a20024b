using RolloutDashboard.Tests.StrategyHost;

namespace RolloutDashboard.Tests.Strategies.FullCode;

/// <summary>Ordinary strategies of different kinds, in the styles in which people and models write them.</summary>
public sealed class OrdinaryStrategyTests(StrategyHostFixture fixture)
{
    private const string EachStock = "for (var s = 0; s < market.StockCount; s++) { scores[s] = ";

    public static TheoryData<string, string> Strategies =>
        new()
        {
            { "momentum", Body(EachStock + "market.Return(s, 40); }") },
            {
                "momentum without the last days",
                Body(
                    EachStock + "market.Return(s, 60, skip: 5); }",
                    "public override Frequency Rebalance => Frequency.Weekly;"
                )
            },
            {
                "reversal",
                Body(
                    EachStock + "-market.Return(s, 5); }",
                    "public override Frequency Rebalance => Frequency.Weekly; public override int RebalanceOffset => 2;"
                )
            },
            {
                "low volatility",
                Body(
                    EachStock + "-market.Volatility(s, 60); }",
                    "public override Frequency Rebalance => Frequency.Quarterly; public override int Count => 5;"
                )
            },
            {
                "return per risk",
                Body(
                    "for (int s = 0; s < market.StockCount; s++) { double v = market.Volatility(s, 30); if (v > 0) scores[s] = market.Return(s, 30) / v; }"
                )
            },
            {
                "moving averages",
                Body(
                    "for (var s = 0; s < market.StockCount; s++) { var fast = market.Mean(Field.Close, s, 10); var slow = market.Mean(Field.Close, s, 50); scores[s] = fast > slow ? fast / slow - 1 : double.NaN; }"
                )
            },
            {
                "breakout",
                Body(
                    EachStock + "market.Close(s) / market.Max(Field.Close, s, 60); }",
                    "public override double? StopLoss => 0.08; public override double? TakeProfit => 0.5;"
                )
            },
            { "relative strength", Body(EachStock + "100 - Indicators.RelativeStrength(market.Closes(s, 15)); }") },
            {
                "volume surge",
                Body(
                    "for (var s = 0; s < market.StockCount; s++) { scores[s] = market.Value(Field.Volume, s) / market.Mean(Field.Volume, s, 20); }"
                )
            },
            {
                "two ranks",
                Body(
                    """
                    var momentum = new double[market.StockCount];
                    var calm = new double[market.StockCount];
                    for (var s = 0; s < momentum.Length; s++) { momentum[s] = market.Return(s, 40); calm[s] = -market.Volatility(s, 40); }
                    var first = new double[momentum.Length];
                    var second = new double[momentum.Length];
                    Indicators.Rank(momentum, first);
                    Indicators.Rank(calm, second);
                    for (var s = 0; s < first.Length; s++) { scores[s] = 0.6 * first[s] + 0.4 * second[s]; }
                    """
                )
            },
            { "trend slope", Body(EachStock + "Indicators.Slope(market.Closes(s, 60)) / market.Close(s); }") },
            {
                "with LINQ",
                Body(
                    """
                    var best = Enumerable.Range(0, market.StockCount)
                        .Where(s => market.IsTraded(s))
                        .Select(s => (Stock: s, Score: market.Return(s, 20)))
                        .OrderByDescending(x => x.Score)
                        .Take(4)
                        .ToList();
                    foreach (var (stock, score) in best) { scores[stock] = score; }
                    """
                )
            },
            {
                "query syntax",
                Body(
                    "foreach (var x in from s in Enumerable.Range(0, market.StockCount) let r = market.Return(s, 30) where r > 0 orderby r descending select (s, r)) { scores[x.s] = x.r; }"
                )
            },
            {
                "anonymous types and groups",
                Body(
                    """
                    var groups = Enumerable.Range(0, market.StockCount).Select(s => new { Stock = s, Return = market.Return(s, 30) }).GroupBy(x => x.Return > 0);
                    foreach (var g in groups.Where(g => g.Key)) { foreach (var x in g) { scores[x.Stock] = x.Return; } }
                    """
                )
            },
            {
                "own types and methods",
                Body(
                    "foreach (var c in Candidates(market)) { scores[c.Stock] = c.Score; }",
                    """
                    private readonly struct Candidate { public Candidate(int stock, double score) { Stock = stock; Score = score; } public int Stock { get; } public double Score { get; } }
                    private static readonly int[] Windows = { 10, 20, 40 };
                    private List<Candidate> Candidates(MarketHistory market)
                    {
                        var list = new List<Candidate>();
                        for (int s = 0; s < market.StockCount; s++)
                        {
                            double sum = 0;
                            foreach (int w in Windows) { sum += market.Return(s, w); }
                            list.Add(new Candidate(s, sum / Windows.Length));
                        }
                        list.Sort((a, b) => b.Score.CompareTo(a.Score));
                        return list;
                    }
                    """
                )
            },
            {
                "remembers its own past",
                Body(
                    """
                    for (var s = 0; s < market.StockCount; s++)
                    {
                        var now = market.Return(s, 20);
                        if (_last.TryGetValue(s, out var before)) { scores[s] = now - before; }
                        _last[s] = now;
                    }
                    """,
                    "private readonly Dictionary<int, double> _last = new();"
                )
            },
            {
                "market regime",
                Body(
                    """
                    var up = 0;
                    for (var s = 0; s < market.StockCount; s++) { if (market.Return(s, 60) > 0) { up++; } }
                    if (up * 2 < market.StockCount) { return; }
                    for (var s = 0; s < market.StockCount; s++) { scores[s] = market.Return(s, 20); }
                    """,
                    "public override double PositionLimit => 0.2;"
                )
            },
            {
                "optional data",
                Body(
                    "for (var s = 0; s < market.StockCount; s++) { scores[s] = market.Has(Field.ReturnOnEquity) ? market.Value(Field.ReturnOnEquity, s) : market.Return(s, 20); }"
                )
            },
            {
                "switch, tuple, local function",
                Body(
                    """
                    double Weight(int age) => age switch { < 5 => 1.0, < 20 => 0.5, _ => 0.1 };
                    for (var s = 0; s < market.StockCount; s++)
                    {
                        var closes = market.Closes(s, 30);
                        var (sum, total) = (0.0, 0.0);
                        for (var i = 1; i < closes.Length; i++)
                        {
                            var w = Weight(closes.Length - i);
                            sum += w * (closes[i] / closes[i - 1] - 1);
                            total += w;
                        }
                        scores[s] = total > 0 ? sum / total : double.NaN;
                    }
                    """
                )
            },
            {
                "in a namespace with usings",
                "using System;\nusing RolloutDashboard.StrategyApi;\nnamespace Generated\n{\n    public class Calm : Strategy\n    {\n        public override void Score(MarketHistory market, Span<double> scores)\n        {\n            for (int i = 0; i < scores.Length; i++) scores[i] = -Indicators.StandardDeviation(market.Recent(Field.Close, i, 20));\n        }\n    }\n}\n"
            },
            {
                "correlation with the market",
                Body(
                    """
                    var n = 30;
                    var mean = new double[n];
                    for (var s = 0; s < market.StockCount; s++)
                    {
                        var c = market.Closes(s, n);
                        if (c.Length < n) { return; }
                        for (var i = 0; i < n; i++) { mean[i] += double.IsNaN(c[i]) ? 0 : c[i]; }
                    }
                    for (var s = 0; s < market.StockCount; s++) { scores[s] = 1 - Math.Abs(Indicators.Correlation(market.Closes(s, n), mean)); }
                    """
                )
            },
        };

    [Theory]
    [MemberData(nameof(Strategies))]
    public async Task CompileAndRun_OrdinaryStrategy_GivesPositions(string name, string source)
    {
        var cancellationToken = TestContext.Current.CancellationToken;

        var compiled = await fixture.Host.CompileAsync(source, cancellationToken);
        Assert.True(compiled.Failure is null, $"{name}: {compiled.Failure?.Message}");
        var run = await fixture.Host.RunAsync(compiled.Strategy!, fixture.Market, cancellationToken);
        Assert.True(run.Failure is null, $"{name}: {run.Failure?.Message}");

        Assert.All(run.Plan!.Rebalances, rebalance =>
            Assert.InRange(rebalance.SignalDay, 0, fixture.Market.DayCount - 1)
        );
        Assert.Contains(run.Plan.Rebalances, rebalance => rebalance.Picks.Length > 0);
        Assert.All(run.Plan.Rebalances, rebalance =>
            Assert.Equal(rebalance.Picks.Length, rebalance.Picks.Distinct().Count())
        );
        Assert.DoesNotContain(3, run.Plan.Rebalances[^1].Picks);
    }

    private static string Body(string body, string members = "") => HostilePrograms.Program(null, body, members);
}
