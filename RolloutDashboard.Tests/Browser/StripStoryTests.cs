using Microsoft.Data.Sqlite;
using Microsoft.Playwright;
using RolloutDashboard.Core.Gates;
using RolloutDashboard.Core.Gates.Criteria.Counts;
using RolloutDashboard.Core.Gates.Criteria.Means;
using RolloutDashboard.Core.Gates.Criteria.Rates;
using RolloutDashboard.Core.Storage.Files;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace RolloutDashboard.Tests.Browser;

/// <summary>A halt, a rollback and a resume on a real server: the strip names the click each time, and the click leads
/// there.</summary>
public sealed class StripStoryTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    // With a folder here, the states are kept as pictures in both themes and two widths.
    private static readonly string? Pictures = Environment.GetEnvironmentVariable("ROLLOUT_PICTURES");

    [Fact]
    public async Task Strip_WaitsHaltsRollsBackAndResumes_NamesTheClickThatEndsIt()
    {
        await using var server = await StartAsync();
        var page = await fixture.Browser.SignInAsync(server);
        await KeepAsync(page, "1-collecting");
        await LowerTheFirstGateAsync(server);

        // Nothing is missing but the validation: no countdown, and the click that starts it.
        await AssertWaitsForValidationAsync(page);
        await KeepAsync(page, "2-waiting");

        await HaltAsync(server);
        await AssertIsHaltedAsync(page);
        await KeepAsync(page, "3-halted");
        await ResolveHaltAsync(page);

        await OpenLivePageAsync(page, server);
        await RollBackAsync(page);
        await OpenLivePageAsync(page, server);
        await Expect(page.Locator(".strip-headline")).ToContainTextAsync("Rolled back");
        await Expect(page.Locator(".strip-click")).ToHaveTextAsync("Validate in staging");

        // The share of now, and what was observed under it: never "61 %, configured 50 %" beside "JSON mode is off".
        await Expect(page.Locator(".share-now")).ToContainTextAsync("0 % configured, 0.0 % observed of");
        await KeepAsync(page, "4-rolled-back");

        await page.Locator(".strip-click").ClickAsync();
        await ValidateAsync(page);
        await OpenLivePageAsync(page, server);
        await Expect(page.Locator(".strip-click")).ToHaveTextAsync("Resume the stage");
        await KeepAsync(page, "5-ready");
        await ResumeAsync(page);
        await page.GotoAsync(server.Address.ToString());
        await Expect(page.Locator(".strip-stage")).ToContainTextAsync("attempt 2");
        await Expect(page.Locator(".strip-headline")).Not.ToContainTextAsync("Rolled back");
        await KeepAsync(page, "6-resumed");
        await page.Context.CloseAsync();
    }

    private static Task<DashboardProcess> StartAsync() =>
        DashboardProcess.StartAsync(null, "--Loop:Pace=00:00:00.2", "--Market:Stocks=60", "--Market:Years=4");

    private static async Task OpenLivePageAsync(IPage page, DashboardProcess server)
    {
        await page.GotoAsync(server.Address.ToString());
        await page.InteractiveAsync();
    }

    private static async Task AssertWaitsForValidationAsync(IPage page)
    {
        await Expect(page.Locator(".strip-headline")).ToContainTextAsync("Waiting for validation");
        await Expect(page.Locator(".strip-click")).ToHaveAttributeAsync("href", "/operations#staging");
        await Expect(page.Locator(".strip-reason")).Not.ToContainTextAsync("more iteration");
        Assert.Contains("Waiting for validation", await page.TitleAsync(), StringComparison.Ordinal);
    }

    private static Task HaltAsync(DashboardProcess server) =>
        ExecuteAsync(
            server,
            "UPDATE Rollouts SET Phase = 2, PhaseReason = 'Gate 3.1 fails: the ratio is 1.4, below 2.', StateVersion = StateVersion + 1"
        );

    private static async Task AssertIsHaltedAsync(IPage page)
    {
        await Expect(page.Locator(".strip")).ToHaveAttributeAsync("data-tone", "bad");
        await Expect(page.Locator(".strip-headline")).ToContainTextAsync("Halted");
        await Expect(page.Locator(".strip-reason"))
            .Not.ToContainTextAsync("more iteration", new() { IgnoreCase = false });
    }

    private static async Task ResolveHaltAsync(IPage page)
    {
        await page.Locator(".strip-click").ClickAsync();
        await page.Locator("#resolve-halt").ClickAsync();
        await page.Locator("#written-reason").FillAsync("The two modes were compared on the wrong days.");
        await page.Locator("#confirm-reason").ClickAsync();
        await Expect(page.Locator(".command-result[data-succeeded=true]")).ToBeVisibleAsync();
    }

    private static async Task RollBackAsync(IPage page)
    {
        await page.Locator(".rollback-button").ClickAsync();
        await page.Locator("#confirm-rollback").ClickAsync();
        await Expect(page.Locator(".command-result[data-succeeded=true]")).ToBeVisibleAsync();
    }

    private static async Task ResumeAsync(IPage page)
    {
        await page.Locator(".strip-click").ClickAsync();
        await page.Locator("#resume-button").ClickAsync();
        await page.Locator("#written-reason").FillAsync("The cause was found and mended today.");
        await page.Locator("#confirm-reason").ClickAsync();
        await Expect(page.Locator(".command-result[data-succeeded=true]")).ToBeVisibleAsync();
    }

    // The generator searches, so a validation may fail by the limit that it is judged by; then it is begun anew, as a
    // person would.
    private static async Task ValidateAsync(IPage page)
    {
        const int MostRuns = 5;
        for (var run = 1; run <= MostRuns; run++)
        {
            await page.Locator("#start-staging").ClickAsync();
            await Expect(page.Locator("#staging .entries > li")).ToHaveCountAsync(run);
            await Expect(page.Locator("#start-staging")).ToBeEnabledAsync();
            if (await page.Locator("#resume-button").IsEnabledAsync())
            {
                return;
            }
        }

        Assert.Fail($"No validation passed: {await page.Locator("#staging .entries").InnerTextAsync()}");
    }

    private static async Task KeepAsync(IPage page, string name)
    {
        if (Pictures is null)
        {
            return;
        }

        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await page.TurnAsync(scheme);
            foreach (var width in new[] { 1440, 390 })
            {
                await page.SetViewportSizeAsync(width, width == 390 ? 844 : 1000);
                await page.WaitForTimeoutAsync(1500);
                await page.ScreenshotAsync(
                    new() { Path = Path.Combine(Pictures, $"{name}-{scheme}-{width}.png"), FullPage = width == 1440 }
                );
            }
        }

        await page.SetViewportSizeAsync(1440, 1000);
        await page.EmulateMediaAsync(new() { Media = Media.Print, ColorScheme = ColorScheme.Dark });
        await page.ScreenshotAsync(new() { Path = Path.Combine(Pictures, $"{name}-print.png"), FullPage = true });
        await page.EmulateMediaAsync(new() { Media = Media.Screen, ColorScheme = ColorScheme.Light });
    }

    // As an edit of the gates would store it, so that a handful of iterations meets every target.
    private static Task LowerTheFirstGateAsync(DashboardProcess server)
    {
        var gates = GateDefinition.Default with
        {
            Stages =
            [
                .. GateDefinition.Default.Stages.Select(gate =>
                    gate.Stage != Stage.TemplateLibraryOnly
                        ? gate
                        : gate with
                        {
                            Criteria =
                            [
                                .. gate.Criteria.Select(one =>
                                    one.Key switch
                                    {
                                        JsonIterationsCriterion.Key => one with { Target = 3 },
                                        JsonSuccessCriterion.Key => one with { Target = 0.01, MinimumSamples = 3 },
                                        JsonSharpeCriterion.Key => one with { Target = -5, MinimumSamples = 3 },
                                        CacheHitRateCriterion.Key => one with { Target = 0.01, MinimumSamples = 3 },
                                        _ => one,
                                    }
                                ),
                            ],
                        }
                ),
            ],
        };
        return ExecuteAsync(
            server,
            "INSERT INTO GateDefinitionVersions (RolloutId, Number, ValuesJson, CreatedAt, Actor, Reason) SELECT MAX(Id), 2, $values, 0, 'test', 'a low gate' FROM Rollouts",
            System.Text.Json.JsonSerializer.Serialize(gates)
        );
    }

    private static async Task ExecuteAsync(DashboardProcess server, string sql, string? values = null)
    {
        await using var connection = new SqliteConnection(
            $"Data Source={new DataDirectory(server.Data).Database};Pooling=False"
        );
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue("$values", values ?? "");
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
