using Microsoft.Playwright;

namespace RolloutDashboard.Benchmarks.Load;

/// <summary>One headless Chromium whose tabs are signed in.</summary>
internal sealed class Visitors : IAsyncDisposable
{
    private const string Password = "correct horse battery staple";

    /// <summary>True once the page answers to clicks and nothing on it is still being read.</summary>
    private const string IsUsable =
        "() => { const main = document.querySelector('main[data-interactive=true]'); return main !== null && main.childElementCount > 0 && !/Reading [^\\n]*…/.test(main.innerText); }";

    /// <summary>True once nothing is being worked out for the page either.</summary>
    private const string IsComplete = "() => document.querySelector('main .run-progress') === null";

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Visitors(IPlaywright playwright, IBrowser browser, IBrowserContext context)
    {
        (_playwright, _browser) = (playwright, browser);
        Context = context;
    }

    public IBrowserContext Context { get; }

    public static async Task<Visitors> OpenAsync(string executable)
    {
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(
            new BrowserTypeLaunchOptions
            {
                ExecutablePath = executable,
                Args =
                [
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                ],
            }
        );
        var context = await browser.NewContextAsync(
            new BrowserNewContextOptions
            {
                ViewportSize = new ViewportSize { Width = 1440, Height = 1000 },
            }
        );
        context.SetDefaultTimeout(120_000);
        return new Visitors(playwright, browser, context);
    }

    /// <summary>Opens the one-time link and chooses a password.</summary>
    public async Task<IPage> SignInAsync(Uri link)
    {
        var page = await Context.NewPageAsync();
        await page.GotoAsync(link.ToString());
        await page.Locator("button[type=submit]").ClickAsync();
        await page.Locator("input[autocomplete=username]").FillAsync("lead");
        foreach (var field in await page.Locator("input[type=password]").AllAsync())
        {
            await field.FillAsync(Password);
        }

        await page.Locator("button[type=submit]").ClickAsync();
        await UsableAsync(page);
        return page;
    }

    public static Task UsableAsync(IPage page) =>
        page.WaitForFunctionAsync(IsUsable, null, new PageWaitForFunctionOptions { PollingInterval = 20 });

    /// <summary>Of a page that is usable: until the result of long work is there too.</summary>
    public static Task CompleteAsync(IPage page) =>
        page.WaitForFunctionAsync(IsComplete, null, new PageWaitForFunctionOptions { PollingInterval = 20 });

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
