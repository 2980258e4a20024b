using Microsoft.Playwright;

namespace RolloutDashboard.Tests.Browser;

/// <summary>Headless Chromium as installed on the machine; tests that need it are skipped where it is
/// missing.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private static readonly string[] Places =
    [
        "/usr/bin/chromium",
        "/usr/bin/chromium-browser",
        "/usr/bin/google-chrome",
    ];
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public IBrowser Browser
    {
        get
        {
            Assert.SkipWhen(
                _browser is null,
                $"No Chromium was found at {string.Join(", ", Places)}; install the package chromium to run the browser tests."
            );
            return _browser!;
        }
    }

    public async ValueTask InitializeAsync()
    {
        if (Array.Find(Places, File.Exists) is not { } executable)
        {
            return;
        }

        Assertions.SetDefaultExpectTimeout(Visitor.Patience);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(
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
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}
