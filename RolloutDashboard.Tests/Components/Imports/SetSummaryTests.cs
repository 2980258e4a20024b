using Bunit;
using Microsoft.Extensions.DependencyInjection;
using RolloutDashboard.Components.Imports;
using RolloutDashboard.Studies;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Components.Imports;

public sealed class SetSummaryTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Summary_ShowsRateSharpeDistinctAndEveryGate()
    {
        await using var page = new PageContext();

        var shown = Render(page, new ScriptedSummaries());
        shown.WaitForElement(".gate-words li", Patience);

        Assert.Equal(["66.7 %", "0.31", "12"], shown.FindAll(".lead-figures .big").Select(one => one.TextContent));
        var figures = shown.Find(".lead-figures").TextContent;
        Assert.Contains("12 of 18 records at Level 3, 95 % interval 44 to 84 %", figures, StringComparison.Ordinal);
        Assert.Contains("of 16 records, 95 % interval 0.10 to 0.50", figures, StringComparison.Ordinal);
        Assert.Contains("among 16 records with a strategy; 2 without", figures, StringComparison.Ordinal);
        Assert.Contains(
            "JSON 80.0 % of 10, mean Sharpe 0.40; full code 50.0 % of 8",
            shown.Markup,
            StringComparison.Ordinal
        );
        Assert.Contains("10 mutations, 10 at Level 3, count in no rate", shown.Markup, StringComparison.Ordinal);
        var gates = shown.FindAll(".gate-words li");
        Assert.Equal(["3.1", "3.2", "3.3", "3.4"], gates.Select(gate => gate.QuerySelector("strong")!.TextContent));
        Assert.Contains("Fail", gates[0].QuerySelector(".mark")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(
            "Mean Sharpe, JSON is 0.1 of 10",
            gates[0].QuerySelector("p")!.TextContent,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "Not answered: Monitoring works (records say nothing about it).",
            gates[0].TextContent,
            StringComparison.Ordinal
        );
        Assert.Contains("could not be judged: odd", gates[2].TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Summary_FileWithoutStrategies_SaysUnknownAndWhatTheIntervalsTake()
    {
        await using var page = new PageContext();
        var without = ScriptedSummaries.Some with
        {
            Overall = ScriptedSummaries.Some.Overall with { WithStrategy = 0, Distinct = null },
        };

        var shown = Render(page, new ScriptedSummaries { Summary = without });
        shown.WaitForElement(".gate-words li", Patience);

        Assert.Equal("unknown", shown.FindAll(".lead-figures .big")[2].TextContent);
        Assert.Contains("no record holds a strategy", shown.Markup, StringComparison.Ordinal);
        Assert.Contains("take each record as independent", shown.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Summary_ReadingFails_IsToldAndTriedAgain()
    {
        await using var page = new PageContext();
        var scripted = new ScriptedSummaries { Failure = new IOException("disk gone") };
        var shown = Render(page, scripted);
        shown.WaitForState(() => shown.Markup.Contains("disk gone", StringComparison.Ordinal), Patience);

        scripted.Failure = null;
        await shown.Find("button").ClickAsync(new());

        shown.WaitForElement(".gate-words li", Patience);
    }

    [Fact]
    public async Task Summary_ParentDrawsAgain_IsNotReadAgainButAnotherSetIs()
    {
        await using var page = new PageContext();
        var scripted = new ScriptedSummaries();
        var shown = Render(page, scripted);
        shown.WaitForElement(".gate-words li", Patience);

        shown.Render(p => p.Add(c => c.SetId, 1));
        Assert.Equal(1, scripted.Asked);
        shown.Render(p => p.Add(c => c.SetId, 2));
        shown.WaitForState(() => scripted.Asked == 2, Patience);
    }

    private static IRenderedComponent<SetSummary> Render(PageContext page, ScriptedSummaries scripted)
    {
        page.Services.AddSingleton<ISetSummaries>(scripted);
        return page.Render<SetSummary>(p => p.Add(c => c.SetId, 1));
    }
}
