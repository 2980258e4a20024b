using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Browser;

/// <summary>A file whose names nobody knows is read by what a person says on the page.</summary>
public sealed class ImportMappingTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    [Fact]
    public async Task Importer_OtherNames_SaysWhatTheyMeanByKeyboardAndImports()
    {
        await using var server = await DashboardProcess.StartAsync(null, "--Loop:Pace=00:00:30");
        var page = await OpenImportAsync(server);
        await page.DropAsync("other-loop.jsonl", Foreign());

        var card = page.Locator(".import-item");
        await Assertions.Expect(card.Locator(".import-question[data-kind=MappingNeeded]")).ToBeVisibleAsync();
        await Assertions.Expect(card.Locator("[data-commit]")).ToBeDisabledAsync();
        await Assertions.Expect(card.Locator(".mapping-fields")).ToContainTextAsync("res.sr");
        await Assertions.Expect(card.Locator(".mapping-fields")).ToContainTextAsync("left, right");
        await PictureAsync(page, "asked");
        await AssertNoSeriousViolationAsync(page);

        await SayWhatEachFieldMeansAsync(page);
        await Assertions.Expect(card.Locator(".import-question[data-kind=ZoneNeeded]")).ToBeVisibleAsync();
        await ChooseZoneAsync(page, "Asia/Taipei");

        await Assertions.Expect(card.Locator("[data-commit]")).ToBeEnabledAsync();
        await Assertions.Expect(card.Locator("[data-commit]")).ToHaveTextAsync("Import 20 records");
        await Assertions.Expect(card.Locator(".import-facts")).ToContainTextAsync("JSON 10, full code 10");
        await SaveMappingAsync(page, "other loop");
        await PictureAsync(page, "mapped");
        await AssertNoSeriousViolationAsync(page);
        await NarrowAsync(page, "mapped");
        await page.SetViewportSizeAsync(1440, 1100);

        await card.Locator("[data-commit]").ClickAsync();
        await card.GetByRole(AriaRole.Link, new LocatorGetByRoleOptions { Name = "Look at data set 1" }).ClickAsync();
        await Assertions.Expect(page.Locator("#set .lead-figures .big").First).ToHaveTextAsync("80.0 %");
        await Assertions.Expect(page.Locator("#set .gate-words li")).ToHaveCountAsync(4);
        await PictureAsync(page, "set");
        await AssertNoSeriousViolationAsync(page);
        await NarrowAsync(page, "set");
        await page.SetViewportSizeAsync(1440, 1100);

        await AssertNextFileNeedsOneChoiceAsync(page);
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

    private static async Task SayWhatEachFieldMeansAsync(IPage page)
    {
        await ChooseAsync(page, "What made_at means", "Time");
        await ChooseAsync(page, "What res.sr means", "Sharpe ratio");
        await ChooseAsync(page, "What res.ret_pct means", "Annual return");
        await ChooseAsync(page, "How res.ret_pct is written", "percent: 12.5");
        await ChooseAsync(page, "What res.depth means", "Max drawdown");
        await page.GetByLabel("Turn the sign of res.depth").CheckAsync();
        await ChooseAsync(page, "What cfg means", "Parameters");
        await ChooseAsync(page, "What bucket means", "Arm");
        await ChooseAsync(page, "“left” is", "full code");
        await ChooseAsync(page, "“right” is", "JSON");
    }

    private static async Task ChooseZoneAsync(IPage page, string name)
    {
        var zone = page.GetByLabel("Zone of times without one");
        await zone.FillAsync(name);
        await page.Locator(".mud-popover-open .mud-list-item").First.ClickAsync();
    }

    private static async Task SaveMappingAsync(IPage page, string name)
    {
        await page.GetByLabel("Save this mapping as").FillAsync(name);
        await page.GetByRole(AriaRole.Button, new() { Name = "Save mapping" }).ClickAsync();
        await Assertions.Expect(page.Locator(".page-answer")).ToContainTextAsync($"“{name}” is saved");
    }

    // The next file of the same loop needs one choice.
    private static async Task AssertNextFileNeedsOneChoiceAsync(IPage page)
    {
        await page.DropAsync("other-loop-2.jsonl", Foreign(offset: 100));
        var next = page.Locator(".import-item", new() { HasText = "other-loop-2.jsonl" });
        await Assertions.Expect(next.Locator(".import-question[data-kind=MappingNeeded]")).ToBeVisibleAsync();
        await ChooseAsync(page, "Saved mapping", "other loop");
        await Assertions.Expect(next.Locator("[data-commit]")).ToHaveTextAsync("Import 20 records");
    }

    private static async Task AssertNoSeriousViolationAsync(IPage page) =>
        Assert.Empty(await page.SeriousFindingsAsync());

    // Every fifth fails to have a Sharpe above 0; times name no zone, returns are percent, drawdowns depths.
    private static string Foreign(int offset = 0) =>
        string.Join(
            '\n',
            Enumerable
                .Range(offset, 20)
                .Select(i =>
                    new JsonObject
                    {
                        ["made_at"] = string.Create(CultureInfo.InvariantCulture, $"2025-11-05T08:{i % 60:00}:09"),
                        ["cfg"] = new JsonObject { ["window"] = i },
                        ["res"] = new JsonObject
                        {
                            ["sr"] = i % 5 == 4 ? -0.2 : 0.1 + (i * 0.01),
                            ["ret_pct"] = 2.5,
                            ["depth"] = 0.1,
                        },
                        ["bucket"] = i % 2 == 0 ? "left" : "right",
                    }.ToJsonString()
                )
        );

    // By keyboard: open, go to the option by its letters or arrows, take it.
    private static async Task ChooseAsync(IPage page, string label, string option)
    {
        var select = page.GetByLabel(label, new() { Exact = true });
        await select.ScrollIntoViewIfNeededAsync();
        await select.FocusAsync();
        await select.PressAsync("Enter");
        var list = page.Locator(".mud-popover-open");
        await list.WaitForAsync();
        await list.Locator(".mud-list-item", new() { HasTextString = option }).First.ClickAsync();
        await list.WaitForAsync(new() { State = WaitForSelectorState.Hidden });
    }

    private static async Task NarrowAsync(IPage page, string name)
    {
        await page.SetViewportSizeAsync(390, 900);
        await page.TurnAsync(ColorScheme.Dark);
        await PictureAsync(page, name + "-narrow-dark");
        await AssertNoSeriousViolationAsync(page);
        Assert.True(
            await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"),
            "The narrow page can be scrolled sideways."
        );
        await page.TurnAsync(ColorScheme.Light);
    }

    private static async Task PictureAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("PICTURES") is { Length: > 0 } folder)
        {
            await page.ScreenshotAsync(
                new PageScreenshotOptions { Path = Path.Combine(folder, $"mapping-{name}.png"), FullPage = true }
            );
        }
    }
}
