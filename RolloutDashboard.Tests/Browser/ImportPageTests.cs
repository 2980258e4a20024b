using Microsoft.Playwright;
using RolloutDashboard.Tests.Import;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Browser;

public sealed class ImportPageTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    [Fact]
    public async Task Importer_DropsAFileWithFaults_SeesThemImportsAndDeletes()
    {
        await using var server = await DashboardProcess.StartAsync(null, "--Loop:Pace=00:00:30");
        using var file = HistoryWithFaults();
        var page = await OpenImportAsync(server);
        await page.DropAsync(
            "history.jsonl",
            await File.ReadAllTextAsync(file.Path, TestContext.Current.CancellationToken)
        );

        var card = page.Locator(".import-item");
        await Assertions.Expect(card.GetByText("Waits for you")).ToBeVisibleAsync();
        await Assertions.Expect(card.Locator(".finding code").First).ToHaveTextAsync("implausible");
        await Assertions.Expect(card.Locator(".import-problems td").First).ToHaveTextAsync("61");
        await Picture(page, "ready");
        await AssertNoSeriousViolationAsync(page);

        await card.Locator("[data-commit]").ClickAsync();
        await Assertions.Expect(page.Locator("#sets tbody tr")).ToContainTextAsync("history.jsonl");
        await card.GetByRole(AriaRole.Link, new LocatorGetByRoleOptions { Name = "Look at data set 1" }).ClickAsync();
        await Assertions.Expect(page.Locator("#set-report")).ToContainTextAsync("drawdown above 0");
        await Assertions.Expect(page.Locator("#set .gate-words li")).ToHaveCountAsync(4);
        await AssertNoSeriousViolationAsync(page);
        await Picture(page, "set");
        await AssertFitsNarrowPageAsync(page);

        await page.Locator("#delete-set").ClickAsync();
        await page.Locator("#confirm-delete").ClickAsync();
        await Assertions.Expect(page.GetByText("No history was imported yet")).ToBeVisibleAsync();
        Assert.Equal(1, await server.QueryAsync<long>("SELECT COUNT(*) FROM Decisions WHERE Kind = 'import-deleted'"));
    }

    // A drawdown above 0 and a last line that is cut off.
    private static HistoryFile HistoryWithFaults()
    {
        var records = HistoryFile.Clean();
        records[1]["metrics"]!["max_drawdown"] = 0.4;
        return HistoryFile.Of(
            string.Join('\n', records.Select(record => record.ToJsonString())) + "\n{\"iteration_num\": 61, \"metr"
        );
    }

    private async Task<IPage> OpenImportAsync(DashboardProcess server)
    {
        var page = await fixture.Browser.SignInAsync(
            server,
            new BrowserNewContextOptions
            {
                ColorScheme = ColorScheme.Light,
                ViewportSize = new ViewportSize { Width = 1440, Height = 1100 },
            }
        );
        await page.GotoAsync(new Uri(server.Address, "/import").ToString());
        await page.InteractiveAsync();
        await page.UntilAsync(
            "() => document.querySelector('.drop')?.dataset.ready === 'true'",
            "files can be dropped"
        );
        return page;
    }

    private static async Task AssertNoSeriousViolationAsync(IPage page) =>
        Assert.Empty(await page.SeriousFindingsAsync());

    private static async Task AssertFitsNarrowPageAsync(IPage page)
    {
        await page.SetViewportSizeAsync(390, 900);
        await page.TurnAsync(ColorScheme.Dark);
        await Picture(page, "narrow");
        Assert.True(
            await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"),
            "The narrow page can be scrolled sideways."
        );
    }

    private static async Task Picture(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("PICTURES") is { Length: > 0 } folder)
        {
            await page.ScreenshotAsync(
                new PageScreenshotOptions { Path = Path.Combine(folder, $"import-{name}.png"), FullPage = true }
            );
        }
    }
}
