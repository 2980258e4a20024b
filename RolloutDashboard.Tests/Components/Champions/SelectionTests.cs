using Bunit;
using RolloutDashboard.Components.Champions;
using RolloutDashboard.Components.Formatting;
using RolloutDashboard.Components.Iterations;
using RolloutDashboard.Core.Monitoring.Overfitting;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Components.Champions;

public sealed class SelectionTests
{
    [Fact]
    public async Task Champions_NotMeasured_SaysSo()
    {
        await using var page = new PageContext();

        var panel = page.Render<ChampionsPage>().Find("#selection");

        Assert.Contains("Not measured yet", panel.TextContent, StringComparison.Ordinal);
        Assert.Equal("/export/overfitting.csv", panel.QuerySelector("a[download]")!.GetAttribute("href"));
    }

    [Fact]
    public async Task Champions_Measured_SaysItInWordsBeforeNumbers()
    {
        await using var page = new PageContext();
        page.Overfitting.Set(ScriptedOverfitting.Measured());

        var panel = page.Render<ChampionsPage>().Find("#selection").TextContent;

        string[] inOrder =
        [
            "Most of this Sharpe is selection.",
            "The best of 1,240 tries without any skill",
            "a Sharpe of 0.76 by luck; the champion, iteration 90, shows 0.95",
            "No strategy beats holding the market by more than luck explains (p = 0.31).",
            "in 62 % of the ways to split the days",
            "71 %",
            "83 % over the 497 independent ones",
            "62 %",
            "0.31",
            "0.20 to 0.40, reality check 0.33",
            "1,240",
            "850 with daily returns",
            "290 failed before there was anything to measure, 100 ran on other market data",
            "Nothing of the hold-out is used.",
        ];
        var at = 0;
        foreach (var words in inOrder)
        {
            var next = panel.IndexOf(words, at, StringComparison.Ordinal);
            Assert.True(next >= 0, $"'{words}' does not follow in: {panel}");
            at = next;
        }
    }

    [Theory]
    [InlineData(1.2, "All of this Sharpe can be selection.")]
    [InlineData(0.95, "All of this Sharpe can be selection.")]
    [InlineData(0.475, "Most of this Sharpe is selection.")]
    [InlineData(0.38, "About 40 % of this Sharpe is selection.")]
    public void Verdict_ByWhatLuckBrings_IsGraded(double luck, string words) =>
        Assert.Equal(words, SelectionText.Verdict(ScriptedOverfitting.Measured(luck).Champion));

    [Fact]
    public void Verdict_NothingToSay_ClaimsNothing()
    {
        Assert.Null(SelectionText.Verdict(null));
        Assert.Contains(
            "can't be told",
            SelectionText.Verdict(new ChampionSelection(1, null, 0.9, null, null, null)),
            StringComparison.Ordinal
        );
        var none = ScriptedOverfitting.Measured() with { Market = null, BacktestOverfitting = null };
        Assert.Contains("can't be told yet", SelectionText.Market(none), StringComparison.Ordinal);
        Assert.Null(SelectionText.Choice(none));
        Assert.Null(SelectionText.Line(none, "champion"));
        Assert.Null(SelectionText.Line(null, "champion"));
    }

    [Fact]
    public void Market_Survivors_AreCountedAndTheChampionNamed()
    {
        var with = ScriptedOverfitting.Measured(consistent: 0.012, standings: [("champion", 0.02), ("other", 0.04)]);
        var without = ScriptedOverfitting.Measured(consistent: 0.012, standings: [("champion", 0.3), ("other", 0.04)]);
        var unnamed = ScriptedOverfitting.Measured(consistent: 0.04, standings: [("champion", 0.06)]);

        Assert.Equal(
            "By more than luck explains, 2 strategies beat holding the market, the champion among them (p = 0.012).",
            SelectionText.Market(with)
        );
        Assert.Equal(
            "By more than luck explains, 1 strategy beats holding the market, the champion not among them (p = 0.012).",
            SelectionText.Market(without)
        );
        Assert.Contains("none is sure enough to be named", SelectionText.Market(unnamed), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Iteration_Measured_SaysHowItStandsAmongAllTries()
    {
        await using var page = new PageContext();
        page.Overfitting.Set(ScriptedOverfitting.Measured());

        var iteration = page.Render<IterationPage>(parameters => parameters.Add(one => one.Number, 17));

        Assert.Contains(
            "Its daily returns are not among those compared",
            iteration.Find("#place").TextContent,
            StringComparison.Ordinal
        );
        Assert.Equal(
            "Among all 1,240 tries it does not beat holding the market by more than luck explains (adjusted p = 0.30).",
            SelectionText.Line(ScriptedOverfitting.Measured(standings: [("a", 0.3)]), "a")
        );
        Assert.Equal(
            "Among all 1,240 tries it beats holding the market by more than luck explains (adjusted p = 0.012).",
            SelectionText.Line(ScriptedOverfitting.Measured(standings: [("a", 0.012)]), "a")
        );
    }
}
