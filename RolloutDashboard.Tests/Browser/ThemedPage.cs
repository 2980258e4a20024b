using Microsoft.Playwright;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Tests.Browser;

/// <summary>One signed-in page that goes from route to route within the application, as a person does, and whose theme
/// follows that of the machine.</summary>
public sealed class ThemedPage : IAsyncDisposable
{
    private IPage? _page;

    /// <summary>The page in the light theme, once it shows the route and has read what it shows.</summary>
    public async Task<IPage> ShowAsync(IBrowser browser, WatchedServer watched, string route)
    {
        if (_page is not { } page)
        {
            page = _page = await watched.OpenAsync(
                browser,
                Roles.Administrator,
                new()
                {
                    ColorScheme = ColorScheme.Light,
                    ReducedMotion = ReducedMotion.Reduce,
                    ViewportSize = new() { Width = 1440, Height = 1000 },
                },
                route
            );
        }
        else
        {
            // The heading of the page that is left carries a mark, so that it isn't taken for the next one's.
            await page.EvaluateAsync(
                "route => { document.querySelector('h1').dataset.left = 'true'; Blazor.navigateTo(route); }",
                route
            );
        }

        await page.Locator("h1:not([data-left])").First.WaitForAsync();
        await page.UntilAsync(
            "() => document.title && !/^Reading /m.test(document.querySelector('main').innerText)",
            $"{route} has a title and has read what it shows"
        );
        return page;
    }

    /// <inheritdoc cref="PageTheme.TurnAsync"/>
    public Task TurnAsync(ColorScheme scheme) => _page!.TurnAsync(scheme);

    public async ValueTask DisposeAsync()
    {
        if (_page is { } page)
        {
            await page.Context.CloseAsync();
        }
    }
}
