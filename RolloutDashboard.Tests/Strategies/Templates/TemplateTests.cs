using RolloutDashboard.Core.Backtesting;
using RolloutDashboard.Core.Backtesting.Positions;
using RolloutDashboard.Core.Market;
using RolloutDashboard.Core.Market.Indicators;
using RolloutDashboard.Core.Strategies.Templates;

namespace RolloutDashboard.Tests.Strategies.Templates;

public sealed class TemplateTests
{
    private const int Days = 800;

    /// <summary>In a small market too few stocks qualify, so that the position limit binds; in a large one enough do to
    /// fill every n.</summary>
    private static readonly Lazy<MarketPanel[]> Markets = new(() =>
        [
            .. new[] { 40, 280 }.Select(stocks =>
                ArtificialMarket.Panel(ArtificialMarket.Fields(stocks, stocks, Days), stocks)
            ),
        ]
    );
    private static readonly IndicatorCache Cache = new();

    public static TheoryData<string> Names => [.. TemplateLibrary.All.Select(template => template.Name)];

    public static TheoryData<string, string> Parameters
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var template in TemplateLibrary.All)
            {
                foreach (var parameter in template.Schema.Parameters)
                {
                    data.Add(template.Name, parameter.Name);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Parameters))]
    public void Plan_EachGridValue_HasAnEffectOnSomeMarket(string name, string parameter)
    {
        var template = TemplateLibrary.Find(name)!;
        var grid = template.Schema.Parameters.Single(candidate => candidate.Name == parameter).Grid;

        for (var i = 1; i < grid.Count; i++)
        {
            Assert.True(
                Bases(template)
                    .Append(Eager(template))
                    .Any(chosen =>
                        Markets.Value.Any(market =>
                            Differ(
                                template,
                                market,
                                chosen.With(parameter, grid[i - 1]),
                                chosen.With(parameter, grid[i])
                            )
                        )
                    ),
                $"{name}.{parameter}: {grid[i - 1]} and {grid[i]} give the same equity everywhere."
            );
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Plan_ChangedFuture_LeavesPastPositionsAlone(string name)
    {
        var template = TemplateLibrary.Find(name)!;
        foreach (var seed in Enumerable.Range(10, 2))
        {
            var random = new Random(seed);
            var fields = ArtificialMarket.Fields(seed, 40, Days, gaps: seed % 2 == 0 ? 0.001 : 0);
            var today = random.Next(300, Days - 30);
            var market = ArtificialMarket.Panel(fields, 40);
            var changed = ArtificialMarket.Panel(
                fields.ToDictionary(pair => pair.Key, pair => Perturbed(pair.Value, (today + 1) * 40, random)),
                40
            );
            foreach (var parameters in Bases(template).Append(Eager(template)))
            {
                var before = Until(today, template.Plan(new IndicatorView(market, Cache), parameters, Days));
                var after = Until(today, template.Plan(new IndicatorView(changed, Cache), parameters, Days));

                Assert.Equal(before, after);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Plan_FewerDays_IsTheBeginningOfTheWholePlan(string name)
    {
        var template = TemplateLibrary.Find(name)!;
        var market = Markets.Value[1];

        var whole = template.Plan(new IndicatorView(market), Eager(template), Days);
        var part = template.Plan(new IndicatorView(market), Eager(template), 600);

        Assert.Equal(Until(598, whole), Until(598, part));
        Assert.All(part.Rebalances, rebalance => Assert.InRange(rebalance.SignalDay, 0, 598));
        Assert.Contains(whole.Rebalances, rebalance => rebalance.Picks.Length > 0);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Plan_CacheOffColdOrWarm_PicksTheSame(string name)
    {
        var template = TemplateLibrary.Find(name)!;
        var market = Markets.Value[0];
        foreach (var parameters in Bases(template).Append(Eager(template)))
        {
            var direct = Until(Days, template.Plan(new IndicatorView(market), parameters, Days));

            Assert.Equal(direct, Until(Days, template.Plan(new IndicatorView(market, Cache), parameters, Days)));
            Assert.Equal(direct, Until(Days, template.Plan(new IndicatorView(market, Cache), parameters, Days)));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Defaults_EveryTemplate_AreMiddleOfGridAndValid(string name)
    {
        var template = TemplateLibrary.Find(name)!;
        using var document = System.Text.Json.JsonDocument.Parse(template.Schema.Defaults().ToCanonicalJson());

        Assert.Empty(TemplateValidation.Validate(template, document.RootElement).Errors);
        Assert.All(template.Schema.Parameters, parameter =>
            Assert.Equal(parameter.Grid[parameter.Grid.Count / 2], parameter.Default)
        );
    }

    [Fact]
    public void Available_ClosesOnly_LeavesOutTheOthersWithTheirMissingFields()
    {
        var market = Backtesting.ReferencePanel.Panel(1, [10, 11]);

        Assert.Equal(["PriceMomentum"], TemplateLibrary.Available(market).Select(template => template.Name));
        var left = TemplateLibrary.LeftOut(market);
        Assert.Equal(["Momentum", "Turtle", "Mastiff", "Factor"], left.Select(pair => pair.Template.Name));
        Assert.Equal([MarketField.MonthlyRevenue, MarketField.ReturnOnEquity], left[0].Missing);
    }

    /// <summary>The defaults, the lowest and highest grid values, and some between.</summary>
    private static IEnumerable<TemplateParameters> Bases(ITemplate template)
    {
        yield return template.Schema.Defaults();
        var random = new Random(5);
        for (var i = 0; i < 8; i++)
        {
            yield return new TemplateParameters(
                template.Schema.Parameters.ToDictionary(
                    parameter => parameter.Name,
                    parameter =>
                        parameter.Grid[
                            i == 0 ? 0
                            : i == 1 ? parameter.Grid.Count - 1
                            : random.Next(parameter.Grid.Count)
                        ]
                )
            );
        }
    }

    /// <summary>Parameters that let most stocks through.</summary>
    private static TemplateParameters Eager(ITemplate template)
    {
        var parameters = template.Schema.Defaults();
        (string Name, ParameterValue Value)[] loose =
        [
            ("yield_threshold", 4),
            ("op_margin_threshold", 0),
            ("director_threshold", 5),
            ("vol_min", 30),
            ("vol_max", 15000),
            ("low_volume_days", 5),
            ("volume_percentile", 30),
            ("price_drop_threshold", -0.05),
            ("pe_max", 25),
            ("revenue_growth_min", -5),
            ("resample", template.Name == "Factor" ? "M" : "W"),
        ];
        return loose
            .Where(pair => parameters.Values.ContainsKey(pair.Name))
            .Aggregate(parameters, (chosen, pair) => chosen.With(pair.Name, pair.Value));
    }

    private static bool Differ(
        ITemplate template,
        MarketPanel market,
        TemplateParameters left,
        TemplateParameters right
    )
    {
        double[] Equity(TemplateParameters parameters) =>
            Backtester
                .Run(
                    market,
                    template.Plan(new IndicatorView(market, Cache), parameters, Days),
                    new BacktestSettings(),
                    0,
                    Days
                )
                .Equity;
        return !Equity(left).AsSpan().SequenceEqual(Equity(right));
    }

    private static List<string> Until(int day, PositionPlan plan) =>
        [
            .. plan
                .Rebalances.Where(rebalance => rebalance.SignalDay <= day)
                .Select(rebalance => $"{rebalance.SignalDay}: {string.Join(' ', rebalance.Picks)}"),
        ];

    private static double[] Perturbed(double[] values, int from, Random random) =>
        [
            .. values.Select(
                (value, index) =>
                    index < from ? value
                    : random.Next(20) == 0 ? double.NaN
                    : value * (0.5 + random.NextDouble())
            ),
        ];
}
