using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using RolloutDashboard.Components.Iterations;
using RolloutDashboard.Components.Live;
using RolloutDashboard.Components.Rollbacks;
using RolloutDashboard.Core.Monitoring.IterationHistory;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Feed;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Components;

public sealed class PageTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Live_Snapshot_ShowsSectionsInReadingOrder()
    {
        await using var page = new PageContext();

        var live = page.Render<LivePage>();
        live.WaitForElement(".strip", Patience);

        Assert.Equal(
            ["stages", "gate", "arms", "trends", "alerts", "events", "health", "champion", "decisions"],
            live.FindAll("section.panel").Select(panel => panel.Id)
        );
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 0)]
    public async Task Live_Rollback_IsShownUntilTheNextAttempt(bool isPast, int panels)
    {
        await using var page = new PageContext();
        page.Rollout.Next = now =>
            Scripted.RolledBack(now) is { Rollback: { } rollback } snapshot
                ? snapshot with
                {
                    Rollback = rollback with { IsPast = isPast },
                }
                : throw new InvalidOperationException();

        var live = page.Render<LivePage>();
        live.WaitForElement(".strip", Patience);

        Assert.Equal(panels, live.FindAll("#rollback").Count);
    }

    [Fact]
    public async Task Live_NoIteration_SaysWhyAndWhatToDo()
    {
        await using var page = new PageContext();
        page.Rollout.Next = Scripted.Empty;

        var live = page.Render<LivePage>();
        live.WaitForElement(".notice", Patience);

        Assert.Contains(
            "No iteration yet in this attempt: the loop is stopped.",
            live.Find(".notice").TextContent,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Live_FirstReadFails_SaysSoAndTriesAgain()
    {
        await using var page = new PageContext();
        page.Rollout.Next = _ => throw new InvalidOperationException("The database is locked.");
        var live = page.Render<LivePage>();
        live.WaitForState(() => live.Markup.Contains("The database is locked.", StringComparison.Ordinal), Patience);

        page.Rollout.Next = now => Scripted.Snapshot(now, 96);
        await live.Find("button").ClickAsync(new());

        Assert.NotNull(live.WaitForElement(".strip", Patience));
    }

    [Fact]
    public async Task Live_LaterReadFails_KeepsTheFiguresAndSaysSo()
    {
        await using var page = new PageContext();
        var live = page.Render<LivePage>();
        live.WaitForElement(".strip", Patience);

        page.Rollout.Next = _ => throw new InvalidOperationException("The database is locked.");
        await page.Session.RefreshAsync(Xunit.TestContext.Current.CancellationToken);

        Assert.Contains(
            "The last read failed",
            live.WaitForElement(".notice", Patience).TextContent,
            StringComparison.Ordinal
        );
        Assert.NotNull(live.Find(".strip"));
    }

    [Fact]
    public async Task Live_RangeInTheAddress_IsTheRangeThatIsRead()
    {
        await using var page = new PageContext();
        page.Services.GetRequiredService<NavigationManager>().NavigateTo("/?range=7d");

        var live = page.Render<LivePage>();
        live.WaitForElement(".strip", Patience);

        Assert.Equal(TimeRange.Week, page.Session.Range);
        Assert.Equal("7d", live.Find(".ranges [aria-pressed=true]").TextContent);
    }

    [Fact]
    public async Task Live_BrokenChart_LeavesTheRestOfThePage()
    {
        await using var page = new PageContext();
        page.Rollout.Next = now => Scripted.Snapshot(now, 96) with { Series = null! };

        var live = page.Render<LivePage>();
        live.WaitForElement(".strip", Patience);

        Assert.Contains("This panel failed", live.Find("#trends").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("This panel failed", live.Find("#gate").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Session_Paused_KeepsTheSnapshot()
    {
        await using var page = new PageContext();
        await page.Session.RefreshAsync(Xunit.TestContext.Current.CancellationToken);
        var before = page.Session.Snapshot;

        await page.Session.PauseAsync(true);

        Assert.Equal(LiveConnection.PausedByViewer, page.Session.State.Connection);
        Assert.Same(before, page.Session.Snapshot);
    }

    [Fact]
    public async Task Rollback_OneClickAndOneConfirmation_StopsWithThePrefilledReason()
    {
        await using var page = new PageContext();
        await page.Session.RefreshAsync(Xunit.TestContext.Current.CancellationToken);
        var dialogs = page.Render<MudDialogProvider>();

        await page.Render<RollbackButton>().Find("button").ClickAsync(new());
        dialogs.WaitForElement("#confirm-rollback", Patience);
        Assert.Contains(
            "The 1 running JSON iteration is cancelled",
            dialogs.Find(".effects").TextContent,
            StringComparison.Ordinal
        );
        await dialogs.Find("#confirm-rollback").ClickAsync(new());

        Assert.Equal(
            page.Rollout.Answer.Message,
            dialogs.WaitForElement(".command-result", Patience).TextContent.Trim()
        );
        Assert.StartsWith(
            "stop-json: Stopped by an operator in stage 3.1",
            Assert.Single(page.Rollout.Commands),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Rollback_WithoutAnyData_StillStops()
    {
        await using var page = new PageContext();
        page.Rollout.Next = _ => throw new InvalidOperationException("The database is locked.");
        var dialogs = page.Render<MudDialogProvider>();

        await page.Render<RollbackButton>().Find("button").ClickAsync(new());
        await dialogs.WaitForElement("#confirm-rollback", Patience).ClickAsync(new());

        Assert.Single(page.Rollout.Commands);
        Assert.Equal("true", dialogs.WaitForElement(".command-result", Patience).GetAttribute("data-succeeded"));
    }

    [Fact]
    public async Task RollbackEffect_JsonOffAlready_SaysSo()
    {
        await using var page = new PageContext();

        var lines = RollbackEffect.Lines(Scripted.RolledBack(Scripted.Start));

        Assert.Contains(
            "JSON mode is off already: rolled back by operator@example.org",
            lines[0],
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Iterations_FilteredAddress_AsksForThat()
    {
        await using var page = new PageContext();
        page.Services.GetRequiredService<NavigationManager>().NavigateTo("/iterations?mode=json&level=0&page=2");

        var list = page.Render<IterationsPage>();

        Assert.Equal(
            new IterationFilter(RolloutEnvironment.Production, GenerationMode.Json, SuccessLevel.Failed, null, null, 2),
            Assert.Single(page.Iterations.Asked)
        );
        Assert.Equal(50, list.FindAll("tbody tr").Count);
        Assert.Contains("51 to 100 of 120", list.Find(".pager").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Iterations_None_SaysWhenTheyCome()
    {
        await using var page = new PageContext();
        page.Iterations.Total = 0;

        Assert.Contains(
            "No iteration yet",
            page.Render<IterationsPage>().Find(".empty-state").TextContent,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Iterations_ReadFails_OffersAnotherTry()
    {
        await using var page = new PageContext();
        page.Iterations.Failure = new InvalidOperationException("The database is locked.");

        var list = page.Render<IterationsPage>();

        Assert.Contains("The database is locked.", list.Find(".empty-state").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Iteration_Failed_ShowsFailureAttemptsAndNoMetrics()
    {
        await using var page = new PageContext();

        var iteration = page.Render<IterationPage>(p => p.Add(i => i.Number, 8));

        Assert.Contains("compile:", iteration.Find(".notice").TextContent, StringComparison.Ordinal);
        Assert.Equal(2, iteration.FindAll("details.attempt").Count);
        Assert.Contains("No metrics", iteration.Find("#metrics").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Iteration_MarketWithOddities_SaysThemBesideTheMetrics()
    {
        await using var page = new PageContext();

        Assert.Contains(
            ScriptedMarketData.Sentence,
            page.Render<IterationPage>(p => p.Add(i => i.Number, 7)).Find("#metrics [role=note]").TextContent,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Iteration_Unknown_SaysSo()
    {
        await using var page = new PageContext();

        Assert.Contains(
            "There is no iteration 9,999",
            page.Render<IterationPage>(p => p.Add(i => i.Number, 9999)).Markup,
            StringComparison.Ordinal
        );
    }
}
