using Microsoft.Playwright;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Browser;

public sealed class LivePageTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    [Fact]
    public async Task LivePage_FirstRun_MovesByItselfWithChartsAndWithoutErrors()
    {
        var browser = fixture.Browser;
        await using var server = await DashboardProcess.StartAsync(
            null,
            "--Loop:Pace=00:00:00.2",
            "--Market:Stocks=60",
            "--Market:Years=4"
        );
        var page = await browser.SignInAsync(server);
        var complaints = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                complaints.Add(message.Text);
            }
        };
        page.PageError += (_, error) => complaints.Add(error);

        await Assertions.Expect(page.GetByText("Template library only").First).ToBeVisibleAsync();
        await page.Locator(".apexcharts-series path")
            .First.WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });
        var before = await server.QueryAsync<long>("SELECT COUNT(*) FROM Iterations WHERE Status = 1");
        var figures = await page.Locator("main").InnerTextAsync();
        await server.UntilAsync("SELECT COUNT(*) FROM Iterations WHERE Status = 1", before + 10);
        await page.UntilAsync(
            "before => document.querySelector('main').innerText !== before",
            "the figures moved",
            figures
        );

        Assert.Empty(complaints);
        Assert.True(
            await server.QueryAsync<long>("SELECT COUNT(DISTINCT AssignedMode) FROM Iterations") == 2,
            "Iterations of both modes were expected."
        );
    }

    [Fact]
    public async Task RollBack_Clicked_StopsAndVerifiesOnThePage()
    {
        var browser = fixture.Browser;
        await using var server = await DashboardProcess.StartAsync(
            null,
            "--Loop:Workers=4",
            "--Loop:Pace=00:00:00.1",
            "--Market:Stocks=60",
            "--Market:Years=4"
        );
        var page = await browser.SignInAsync(server);
        await server.UntilAsync("SELECT COUNT(*) FROM Iterations WHERE Status = 1 AND AssignedMode = 1", 5);

        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Roll back" }).First.ClickAsync();
        await page.Locator("#confirm-rollback").ClickAsync();
        await Assertions.Expect(page.Locator(".command-result[data-succeeded=true]")).ToBeVisibleAsync();

        await server.UntilAsync("SELECT COUNT(*) FROM Rollbacks WHERE State = 1", 1);
        await Assertions.Expect(page.GetByText("Rolled back").First).ToBeVisibleAsync();
        Assert.Equal(
            0,
            await server.QueryAsync<long>(
                "SELECT COUNT(*) FROM Iterations, Rollbacks WHERE Number > LastNumberBefore AND AssignedMode = 1"
            )
        );
        Assert.Equal(
            0,
            await server.QueryAsync<long>(
                "SELECT COUNT(*) FROM Iterations, Rollbacks WHERE AssignedMode = 1 AND Status = 1 AND EndedAt > StoppedAt"
            )
        );
        Assert.Equal(0, await server.QueryAsync<long>("SELECT COUNT(*) FROM Iterations WHERE Status = 2"));
    }
}
