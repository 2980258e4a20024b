using Microsoft.Playwright;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Tests.Browser;

/// <summary>Roll back stays within one click, whatever is open and however narrow the screen is.</summary>
[Collection(nameof(PageCollection))]
public sealed class RollbackReachTests(BrowserFixture fixture, WatchedServer watched)
{
    [Fact]
    public async Task RollBack_AnotherDialogOpen_IsOneClickAwayAndEscapeLeadsBack()
    {
        var page = await OpenAsync("/");
        var button = page.Locator(".app-bar .rollback-button");
        var search = page.Locator(".search-dialog");
        var rollback = page.Locator(".rollback-dialog");
        foreach (var width in new[] { 1440, 390 })
        {
            await page.SetViewportSizeAsync(width, 800);
            await page.Locator("[data-search]").ClickAsync();
            await Assertions.Expect(search).ToBeVisibleAsync();

            await button.ClickAsync();
            await Assertions.Expect(rollback).ToBeVisibleAsync();
            await page.WaitForFunctionAsync(
                "() => document.querySelector('.rollback-dialog').contains(document.activeElement)"
            );
            await page.Keyboard.PressAsync("Escape");
            await Assertions.Expect(rollback).ToHaveCountAsync(0);
            await Assertions.Expect(search).ToBeVisibleAsync();

            await search.Locator("input").First.FocusAsync();
            await page.Keyboard.PressAsync("Escape");
            await Assertions.Expect(search).ToHaveCountAsync(0);
        }
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Search_OpenedByItsKeyOrButton_TakesWhatIsTyped()
    {
        var page = await OpenAsync("/configuration");
        await page.Locator("main[data-interactive=true] h1").WaitForAsync();
        foreach (
            var open in new[] { () => page.Locator("[data-search]").ClickAsync(), () => page.Keyboard.PressAsync("/") }
        )
        {
            await open();
            await Assertions.Expect(page.Locator("#search-words")).ToBeFocusedAsync();
            await page.Keyboard.TypeAsync("Momentum");
            await Assertions.Expect(page.Locator("#search-words")).ToHaveValueAsync("Momentum");

            await page.Keyboard.PressAsync("Escape");
            await Assertions.Expect(page.Locator(".search-dialog")).ToHaveCountAsync(0);
        }
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Dialog_Open_LiesBesideTheRollbackButton()
    {
        var page = await OpenAsync("/configuration");
        foreach (var (width, height) in new[] { (1440, 500), (390, 600) })
        {
            await page.SetViewportSizeAsync(width, height);
            await page.ReloadAsync();
            await page.Locator("main[data-interactive=true] h1").WaitForAsync();
            await page.EvaluateAsync("() => document.querySelector('[data-help]').click()");
            await page.Locator(".mud-dialog kbd").First.WaitForAsync();
            var dialog = await page.Locator(".mud-dialog").BoundingBoxAsync();
            var button = await page.Locator(".app-bar .rollback-button").BoundingBoxAsync();

            Assert.True(
                dialog!.Y >= button!.Y + button.Height || dialog.X + dialog.Width <= button.X,
                $"{width}: the dialog begins at {dialog.Y}, the button ends at {button.Y + button.Height}."
            );
        }
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Users_NarrowScreen_AreReadWithoutScrollingAside()
    {
        var page = await OpenAsync("/settings", width: 390);
        await page.Locator(".user-table tbody tr").First.WaitForAsync();

        Assert.True(
            await page.EvaluateAsync<bool>(
                "() => { const around = document.querySelector('.user-table').parentElement; return around.scrollWidth <= around.clientWidth; }"
            )
        );
        await page.Context.CloseAsync();
    }

    private Task<IPage> OpenAsync(string path, int width = 1440) =>
        watched.OpenAsync(
            fixture.Browser,
            Roles.Administrator,
            new()
            {
                ViewportSize = new() { Width = width, Height = 800 },
            },
            path
        );
}
