using Bunit;
using Microsoft.AspNetCore.Components;
using RolloutDashboard.Components.Formatting;
using RolloutDashboard.Components.Layout;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Components.Layout;

public sealed class MainLayoutTests
{
    [Fact]
    public async Task News_TheFrameStaysTheSame_DrawsItNotAgain()
    {
        await using var page = new PageContext();
        var layout = Render(page);
        var drawn = layout.RenderCount;

        await page.Session.RefreshAsync(Xunit.TestContext.Current.CancellationToken);
        await page.Session.RefreshAsync(Xunit.TestContext.Current.CancellationToken);

        Assert.Equal(drawn, layout.RenderCount);
    }

    [Fact]
    public async Task News_OfAnAlert_IsDrawn()
    {
        await using var page = new PageContext();
        var layout = Render(page);
        page.Rollout.Next = now =>
            Scripted.Snapshot(now, 96) is var shown
                ? shown with
                {
                    Rollout = shown.Rollout with { Headline = shown.Rollout.Headline with { OpenAlerts = 7 } },
                }
                : throw new InvalidOperationException();

        await page.Session.RefreshAsync(Xunit.TestContext.Current.CancellationToken);

        layout.WaitForAssertion(() => Assert.Contains("7", layout.Find("nav").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task NoNews_TheDataGrowsOld_SaysStale()
    {
        await using var page = new PageContext();
        var layout = Render(page);
        page.Rollout.Next = _ => throw new InvalidOperationException("the database does not answer");

        for (var tick = 0; tick < 12; tick++)
        {
            page.Clock.Advance(TimeSpan.FromSeconds(5));
        }

        layout.WaitForAssertion(() =>
            Assert.Contains("stale", layout.Find(".connection").TextContent, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task NoNews_HalfAMinute_DrawsItForThePrinter()
    {
        await using var page = new PageContext();
        var layout = Render(page);
        var drawn = layout.RenderCount;

        page.Clock.Advance(TimeSpan.FromSeconds(25));
        Assert.Equal(drawn, layout.RenderCount);
        page.Clock.Advance(TimeSpan.FromSeconds(5));

        layout.WaitForAssertion(() => Assert.True(layout.RenderCount > drawn));
    }

    private static IRenderedComponent<MainLayout> Render(PageContext page)
    {
        page.JSInterop.Setup<BrowserZone>("rolloutPage.zone").SetResult(new BrowserZone("Etc/UTC", 0));
        page.JSInterop.Setup<MainLayout.BrowserTheme>("rolloutPage.watchTheme", _ => true)
            .SetResult(new MainLayout.BrowserTheme(false, "system"));
        var layout = page.Render<MainLayout>(parameters =>
            parameters.Add(one => one.Body, (RenderFragment)(builder => builder.AddContent(0, "body")))
        );
        layout.WaitForAssertion(() =>
            Assert.Contains("live", layout.Find(".connection").TextContent, StringComparison.Ordinal)
        );
        return layout;
    }
}
