using Microsoft.Playwright;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Browser;

/// <summary>A page whose reader lost the access says so and stays closed, whoever took it away.</summary>
[Collection(nameof(StoryCollection))]
public sealed class RevokedPageTests(BrowserFixture fixture, WatchedServer watched)
{
    [Fact]
    public async Task Page_OfSomebodyRevokedOnTheCommandLine_SaysSoAndDoesNotReconnect()
    {
        var server = await watched.StartedAsync(fixture.Browser);
        var lead = await watched.OpenAsync(fixture.Browser, Roles.Administrator);
        var signIn = await lead.InviteAsync(fixture.Browser, server, "leaver", Roles.Viewer);
        await lead.Context.CloseAsync();
        await using var context = await fixture.Browser.NewContextAsync(new() { StorageState = signIn });
        context.SetDefaultTimeout(Visitor.Patience);
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(server.Address, "/kpis?by=week").ToString());
        await page.InteractiveAsync();

        var (code, output) = await DashboardProcess.CommandAsync("users", "revoke", "leaver", "--data", server.Data);

        Assert.True(code == 0, output);
        await page.UntilAsync("() => location.pathname === '/account/ended'", "the page of a revoked person is left");
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("It was taken away or changed");
        await Assertions
            .Expect(page.GetByRole(AriaRole.Link, new() { Name = "Sign in again" }))
            .ToHaveAttributeAsync("href", "/account/signin?returnUrl=%2Fkpis%3Fby%3Dweek");
        await page.GotoAsync(new Uri(server.Address, "/kpis").ToString());
        Assert.StartsWith("/account/", new Uri(page.Url).AbsolutePath, StringComparison.Ordinal);
    }
}
