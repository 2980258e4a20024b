using Bunit;
using RolloutDashboard.Commands;
using RolloutDashboard.Components.Audit;
using RolloutDashboard.Components.Charts;
using RolloutDashboard.Components.Layout;
using RolloutDashboard.Components.Live;
using RolloutDashboard.Components.Loop;
using RolloutDashboard.Components.Rollbacks;
using RolloutDashboard.Components.Shared;
using RolloutDashboard.Core.Gates;
using RolloutDashboard.Core.Monitoring.Live;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Feed;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Components;

public sealed class ControlTests
{
    private static readonly DateTimeOffset Now = Scripted.Start;

    [Fact]
    public async Task Strip_Collecting_SaysStageReasonAndHowManyMore()
    {
        await using var page = new PageContext();

        var strip = page.Render<HeadlineStrip>(p => p.Add(s => s.Rollout, Scripted.Snapshot(Now, 96).Rollout));

        Assert.Contains("Stage 3.1", strip.Find(".strip-stage").TextContent, StringComparison.Ordinal);
        Assert.Equal("Collecting", strip.Find("h1").TextContent.Trim());
        Assert.Single(
            System.Text.RegularExpressions.Regex.Matches(strip.Find(".strip").TextContent, "About 36 more iterations")
        );
        Assert.Equal("info", strip.Find(".strip").GetAttribute("data-tone"));
    }

    [Fact]
    public async Task Panel_ThatFolds_OpensByItsButtonAndKeepsItsBody()
    {
        await using var page = new PageContext();
        var panel = page.Render<Panel>(p =>
            p.Add(x => x.Id, "one").Add(x => x.Title, "One").Add(x => x.Folds, true).Add(x => x.ChildContent, "Inside")
        );
        Assert.Equal("closed", panel.Find(".panel").GetAttribute("data-fold"));
        Assert.Equal(
            ("false", "Unfold One"),
            (panel.Find(".fold").GetAttribute("aria-expanded"), panel.Find(".fold").GetAttribute("aria-label"))
        );

        await panel.Find(".fold").ClickAsync(new());

        Assert.Equal("open", panel.Find(".panel").GetAttribute("data-fold"));
        Assert.Equal(
            ("true", "Fold One"),
            (panel.Find(".fold").GetAttribute("aria-expanded"), panel.Find(".fold").GetAttribute("aria-label"))
        );
        Assert.Contains(
            "Inside",
            panel.Find($"#{panel.Find(".fold").GetAttribute("aria-controls")}").TextContent,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Gate_Criteria_ShowVerdictWordsCountsAndProof()
    {
        await using var page = new PageContext();

        var gate = page.Render<GateTable>(p => p.Add(g => g.Report, Scripted.Snapshot(Now, 150).Gate));

        var success = gate.FindAll("tbody tr")[1];
        Assert.Contains("Pass", success.TextContent, StringComparison.Ordinal);
        Assert.Contains("met, not yet proven, about 640 more", success.TextContent, StringComparison.Ordinal);
        Assert.Contains("100 / 80 / 72.0", success.TextContent, StringComparison.Ordinal);
        Assert.Equal(7, gate.FindAll("tbody tr").Count);
    }

    [Fact]
    public async Task GateTable_SamplesOrTimeMissing_SaysWhich()
    {
        await using var page = new PageContext();
        var report = Scripted.Snapshot(Now, 96).Gate;
        CriterionResult[] criteria = [report.Criteria[0], report.Criteria[0] with { Key = "t", Lacks = Shortage.Time }];

        var gate = page.Render<GateTable>(p => p.Add(g => g.Report, report with { Criteria = criteria }));

        Assert.Equal(
            ["Too few yet", "Too early"],
            gate.FindAll(".verdict .mark").Select(badge => badge.TextContent.Trim())
        );
    }

    [Fact]
    public async Task Gate_NotEvaluated_SaysWhenItWillBe()
    {
        await using var page = new PageContext();

        var gate = page.Render<GateTable>(p => p.Add(g => g.Report, Scripted.Empty(Now).Gate));

        Assert.Contains("has not been evaluated yet", gate.Find(".empty-state").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Arms_InStage31_AreNotComparable()
    {
        await using var page = new PageContext();
        var snapshot = Scripted.Snapshot(Now, 96);

        var arms = page.Render<ArmsPanel>(p =>
            p.Add(a => a.Json, snapshot.Json)
                .Add(a => a.FullCode, snapshot.FullCode)
                .Add(a => a.Comparison, snapshot.Comparison)
        );

        Assert.Contains("Not comparable", arms.Find(".ratio").TextContent, StringComparison.Ordinal);
        Assert.Empty(arms.FindAll(".ratio-axis"));
    }

    [Fact]
    public async Task Arms_Comparable_ShowRatioWithItsZone()
    {
        await using var page = new PageContext();
        var snapshot = Scripted.Hybrid(Now);

        var arms = page.Render<ArmsPanel>(p =>
            p.Add(a => a.Json, snapshot.Json)
                .Add(a => a.FullCode, snapshot.FullCode)
                .Add(a => a.Comparison, snapshot.Comparison)
        );

        Assert.Contains("2.7 : 1", arms.Find(".ratio").TextContent, StringComparison.Ordinal);
        Assert.Contains("Investigate zone", arms.Find(".ratio").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lists_Empty_SayWhatWouldBeThere()
    {
        await using var page = new PageContext();

        Assert.Contains(
            "No alert is open",
            page.Render<AlertsList>(p => p.Add(a => a.Alerts, [])).Markup,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "No error or warning",
            page.Render<EventsList>(p => p.Add(a => a.Events, [])).Markup,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "No decision recorded",
            page.Render<DecisionsList>(p => p.Add(a => a.Decisions, [])).Markup,
            StringComparison.Ordinal
        );
        Assert.Contains("No champion yet", page.Render<ChampionFacts>().Markup, StringComparison.Ordinal);
        Assert.Contains(
            "No finished iteration",
            page.Render<TrendCharts>(p => p.Add(t => t.Points, [])).Markup,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Events_WithMarkup_ShowItAsText()
    {
        await using var page = new PageContext();
        var entry = new EventEntry(1, Now, AlertSeverity.Warning, "full code", "<script>alert(1)</script>", 5);

        var events = page.Render<EventsList>(p => p.Add(e => e.Events, [entry]));

        Assert.Empty(events.FindAll("script"));
        Assert.Contains("<script>alert(1)</script>", events.Find(".text").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rollback_Stopped_ShowsTimesBesideTheBudget()
    {
        await using var page = new PageContext();

        var steps = page.Render<RollbackSteps>(p => p.Add(r => r.Rollback, Scripted.RolledBack(Now).Rollback!));

        Assert.Contains("after 0.84 s", steps.Markup, StringComparison.Ordinal);
        Assert.Contains("budget 5 min", steps.Markup, StringComparison.Ordinal);
        Assert.Equal(5, steps.FindAll("ol li").Count);
    }

    [Fact]
    public async Task Health_ReducedSandbox_SaysSo()
    {
        await using var page = new PageContext();
        var health = Scripted.Snapshot(Now, 96).Health with
        {
            SandboxIsFull = false,
            Sandbox = "bubblewrap is missing",
        };

        Assert.Contains(
            "reduced isolation",
            page.Render<HealthFacts>(p => p.Add(h => h.Health, health).Add(h => h.Now, Now)).Markup,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(LiveConnection.Live, "live")]
    [InlineData(LiveConnection.Stale, "stale: last data 3 min ago")]
    [InlineData(LiveConnection.PausedByViewer, "paused by you 2 min ago")]
    [InlineData(LiveConnection.Failed, "no data")]
    public async Task Connection_State_HasWordsAndShape(LiveConnection connection, string words)
    {
        await using var page = new PageContext();

        var badge = page.Render<ConnectionBadge>(p => p.Add(b => b.State, new LiveState(connection, words)));

        Assert.Contains(words, badge.Find(".when-connected").TextContent, StringComparison.Ordinal);
        Assert.NotNull(badge.Find(".when-connected svg"));
    }

    [Fact]
    public async Task Loop_ForAViewer_HasNoButtons()
    {
        await using var page = new PageContext(Roles.Viewer);

        Assert.Empty(page.Render<LoopControls>(p => p.Add(l => l.Loop, LoopState.Running)).FindAll("button"));
    }

    [Fact]
    public async Task Loop_Running_DisablesStartWithItsReason()
    {
        await using var page = new PageContext();

        var start = page.Render<LoopControls>(p => p.Add(l => l.Loop, LoopState.Running)).FindAll("button")[0];

        Assert.True(start.HasAttribute("disabled"));
        Assert.Equal("The loop is running.", start.GetAttribute("title"));
    }

    [Fact]
    public async Task Loop_PauseClicked_RunsTheCommandAndShowsTheAnswer()
    {
        await using var page = new PageContext();
        page.Rollout.Answer = new CommandResult(false, "Changed meanwhile: look again.");
        var loop = page.Render<LoopControls>(p => p.Add(l => l.Loop, LoopState.Running));

        await loop.FindAll("button")[1].ClickAsync(new());

        Assert.Equal(["pause"], page.Rollout.Commands);
        Assert.Equal("Changed meanwhile: look again.", loop.Find(".loop-answer").TextContent);
    }
}
