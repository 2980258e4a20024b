using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using RolloutDashboard.Core.Market.Indicators;
using RolloutDashboard.Core.Strategies;
using RolloutDashboard.Core.Strategies.FullCode;
using RolloutDashboard.Core.Strategies.Templates;

namespace RolloutDashboard.Tests.Strategies.Templates;

/// <summary>Nobody changes what a template holds, and leaves its revision, and with it the segment, as it
/// was.</summary>
public sealed class TemplateRevisionTests
{
    private const int Stocks = 40;
    private const int Days = 700;

    /// <summary>
    /// What each revision holds for its defaults on one artificial market. A test that fails here says that positions
    /// changed: raise <see cref="ITemplate.Revision"/>, and write what the new one holds.
    /// </summary>
    public static TheoryData<string, int, string> Held =>
        new()
        {
            { "Momentum", 1, "12 of 32, 4e1a8d9b6b18" },
            { "Turtle", 1, "66 of 140, 11e64fed4642" },
            { "Mastiff", 1, "24 of 140, 505721ee1866" },
            { "Factor", 1, "10 of 10, 786b3faf9892" },
            { "PriceMomentum", 1, "27 of 32, bc6864bfcaaa" },
        };

    [Theory]
    [MemberData(nameof(Held))]
    public void Plan_OfARevision_StaysTheSame(string name, int revision, string positions)
    {
        var template = TemplateLibrary.Find(name)!;

        Assert.Equal((revision, positions), (template.Revision, Positions(template)));
    }

    [Fact]
    public void Held_EveryTemplate_IsListed() =>
        Assert.Equal(TemplateLibrary.All.Select(template => template.Name), Held.Select(row => row.Data.Item1));

    [Fact]
    public void Fingerprints_SameLibrary_AreTheSame() =>
        Assert.Equal(
            GenerationBasis.Fingerprints(TemplateLibrary.All, StrategyApiDescription.Text),
            GenerationBasis.Fingerprints([.. TemplateLibrary.All], StrategyApiDescription.Text)
        );

    [Fact]
    public void Fingerprints_OtherStrategyApi_Differ() =>
        Assert.NotEqual(
            GenerationBasis.Fingerprints(TemplateLibrary.All, StrategyApiDescription.Text),
            GenerationBasis.Fingerprints(
                TemplateLibrary.All,
                StrategyApiDescription.Text + "\npublic double Another();"
            )
        );

    private static string Positions(ITemplate template)
    {
        var market = ArtificialMarket.Panel(ArtificialMarket.Fields(seed: 3, Stocks, Days), Stocks);
        var plan = template.Plan(
            IndicatorView.For(market, new IndicatorCache(), cached: true),
            template.Schema.Defaults(),
            Days
        );
        var text = new StringBuilder(
            string.Create(CultureInfo.InvariantCulture, $"{plan.StopLoss} {plan.TakeProfit} {plan.PositionLimit}")
        );
        foreach (var rebalance in plan.Rebalances)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{rebalance.SignalDay}: {string.Join(' ', rebalance.Picks)}");
        }

        return $"{plan.Rebalances.Count(one => one.Picks.Length > 0)} of {plan.Rebalances.Count}, {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..12]}";
    }
}
