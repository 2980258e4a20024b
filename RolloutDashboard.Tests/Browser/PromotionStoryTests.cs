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

public sealed class PromotionStoryTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    [Fact]
    public async Task GatePasses_ThenTheStateMoves_ThenPromoted_ThenOverridden()
    {
        var browser = fixture.Browser;
        await using var server = await DashboardProcess.StartAsync(
            null,
            "--Loop:Pace=00:00:00.2",
            "--Rollout:RequireStaging=false",
            "--Market:Stocks=60",
            "--Market:Years=4"
        );
        await LowerTheFirstGateAsync(server);
        var lead = await browser.SignInAsync(server);
        await server.UntilAsync("SELECT COUNT(*) FROM Iterations WHERE Status = 1 AND AssignedMode = 1", 4);

        // The gate passes: the dialog shows the evidence and what will change.
        await Expect(lead.Locator(".strip-headline")).ToContainTextAsync("Gate passes");
        await lead.Locator("#promote").ClickAsync();
        await Expect(lead.Locator(".mud-dialog .criteria li")).Not.ToHaveCountAsync(0);
        await Expect(lead.Locator(".mud-dialog")).ToContainTextAsync("json_mode_probability");

        // Meanwhile somebody pauses the loop: the promotion is refused and the evidence shown anew.
        var other = await PauseInAnotherTabAsync(lead, server.Address);
        await lead.Locator("#confirm-promotion").ClickAsync();
        await Expect(lead.Locator(".command-result[data-succeeded=false]"))
            .ToContainTextAsync("has changed since you opened this");
        Assert.Equal(0, await server.QueryAsync<long>("SELECT COUNT(*) FROM Decisions WHERE Kind = 'promotion'"));

        await lead.Locator("#confirm-promotion").ClickAsync();
        await Expect(lead.Locator(".command-result[data-succeeded=true]")).ToBeVisibleAsync();
        await lead.GetByRole(AriaRole.Button, new() { Name = "Close", Exact = true }).Last.ClickAsync();
        await Expect(lead.Locator(".strip-stage")).ToContainTextAsync("Stage 3.2");
        await Expect(other.Locator(".strip-stage")).ToContainTextAsync("Stage 3.2");

        // Stage 3.2 has nothing to show yet: only an override gets past its gate, and it stays visible.
        await OverrideAsync(lead, server.Address);
        Assert.Equal(1, await server.QueryAsync<long>("SELECT COUNT(*) FROM Decisions WHERE Kind = 'override'"));
        await lead.Context.CloseAsync();
    }

    private static async Task<IPage> PauseInAnotherTabAsync(IPage lead, Uri address)
    {
        var other = await lead.Context.NewPageAsync();
        await other.GotoAsync(address.ToString());
        await other.GetByRole(AriaRole.Button, new() { Name = "Pause", Exact = true }).ClickAsync();
        await Expect(other.Locator(".loop-state")).ToContainTextAsync("Loop paused");
        return other;
    }

    private static async Task OverrideAsync(IPage lead, Uri address)
    {
        await lead.GotoAsync(new Uri(address, "/operations").ToString());
        await Expect(lead.Locator("#promote")).ToBeDisabledAsync();
        await lead.Locator("#override").ClickAsync();
        await lead.Locator("#override-reason").FillAsync("The board wants stage 3.3 before the fair.");
        await Expect(lead.Locator("#confirm-promotion")).ToBeDisabledAsync();
        await lead.Locator("#override-name").FillAsync("Demo");
        await lead.Locator("#confirm-promotion").ClickAsync();
        await Expect(lead.Locator(".command-result[data-succeeded=true]")).ToBeVisibleAsync();
        await lead.GotoAsync(address.ToString());
        await Expect(lead.Locator(".override-note")).ToContainTextAsync("before the fair");
    }

    // As an edit of the gates would store it, so that a handful of iterations passes.
    private static async Task LowerTheFirstGateAsync(DashboardProcess server)
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
        await using var connection = new SqliteConnection(
            $"Data Source={new DataDirectory(server.Data).Database};Pooling=False"
        );
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText =
            "INSERT INTO GateDefinitionVersions (RolloutId, Number, ValuesJson, CreatedAt, Actor, Reason) SELECT MAX(Id), 2, $values, 0, 'test', 'a low gate' FROM Rollouts";
        command.Parameters.AddWithValue("$values", System.Text.Json.JsonSerializer.Serialize(gates));
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
