using Microsoft.Playwright;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Tests.Browser;

/// <summary>One signed-in page a theme that goes from route to route within the application, as a person
/// does.</summary>
public sealed class ThemedPages : IAsyncDisposable
{
    private readonly Dictionary<ColorScheme, IPage> _pages = [];

    /// <summary>The page of that theme once it shows the route and has read what it shows.</summary>
    public async Task<IPage> ShowAsync(IBrowser browser, WatchedServer watched, ColorScheme scheme, string route)
    {
        if (!_pages.TryGetValue(scheme, out var page))
        {
            page = _pages[scheme] = await watched.OpenAsync(
                browser,
                Roles.Administrator,
                new()
                {
                    ColorScheme = scheme,
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

    public async ValueTask DisposeAsync()
    {
        foreach (var page in _pages.Values)
        {
            await page.Context.CloseAsync();
        }
    }
}
