using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using RolloutDashboard.Core.Vocabulary;
using static Microsoft.Playwright.Assertions;

namespace RolloutDashboard.Tests.Browser;

/// <summary>What people come for, in a real browser, on one server that watches a running loop.</summary>
[Collection(nameof(StoryCollection))]
public sealed partial class StoryTests(BrowserFixture fixture, WatchedServer watched)
{
    private const string FocusIsInTheDialog =
        "() => document.querySelector('.mud-dialog-container')?.contains(document.activeElement)";

    [Fact]
    public async Task Lead_ChecksTheState_SeesStageVerdictRateAndWhyNot()
    {
        var page = await watched.OpenAsync(fixture.Browser, Roles.Administrator);
        await watched.Server.UntilAsync("SELECT COUNT(*) FROM Iterations WHERE Status = 1 AND AssignedMode = 1", 5);

        await Expect(page.Locator(".strip-stage")).ToContainTextAsync("Stage 3.1");
        await Expect(page.Locator(".strip-headline")).ToHaveTextAsync(Headline());
        await Expect(page.Locator(".big-figures .big").First).ToHaveTextAsync(Percent());
        await Expect(page.Locator("#gate tbody tr")).Not.ToHaveCountAsync(0);
        await Expect(page.Locator("#promote")).ToBeDisabledAsync();
        await Expect(page.Locator("#promote-why")).ToHaveTextAsync(Headline());
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Viewer_CantAct_NeitherByButtonNorByRequest()
    {
        var page = await watched.OpenAsync(fixture.Browser, Roles.Viewer);
        var server = watched.Server.Address;

        await Expect(page.Locator(".strip")).ToBeVisibleAsync();
        foreach (var path in new[] { "/", "/operations", "/alerts", "/evidence", "/configuration", "/settings" })
        {
            await page.GotoAsync(new Uri(server, path).ToString());
            await page.InteractiveAsync();
            await Expect(page.Locator("h1").First).ToBeVisibleAsync();
            await Expect(page.GetByRole(AriaRole.Button, new() { NameRegex = ActionWords() })).ToHaveCountAsync(0);
        }

        await Expect(page.Locator("#users")).ToHaveCountAsync(0);
        var jobs = await page.Context.APIRequest.GetAsync(
            new Uri(server, "/jobs").ToString(),
            new() { MaxRedirects = 0 }
        );
        Assert.Contains((HttpStatusCode)jobs.Status, new[] { HttpStatusCode.Forbidden, HttpStatusCode.Redirect });
        var foreign = await page.Context.APIRequest.PostAsync(
            new Uri(server, "/_blazor/negotiate?negotiateVersion=1").ToString(),
            new() { Headers = [new("Origin", "https://evil.example")] }
        );
        Assert.Equal(403, foreign.Status);
        var forged = await page.EvaluateAsync<string>(
            "() => DotNet.invokeMethodAsync('RolloutDashboard', 'StopJsonAsync', 'forged').then(() => 'done', error => 'refused')"
        );
        Assert.Equal("refused", forged);
        Assert.Equal(0, await watched.Server.QueryAsync<long>("SELECT COUNT(*) FROM Decisions WHERE Actor = 'viewer'"));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task TwoBrowsers_OnePauses_TheOtherSeesItAtOnce()
    {
        var lead = await watched.OpenAsync(fixture.Browser, Roles.Administrator);
        var night = await watched.OpenAsync(fixture.Browser, Roles.Operator);
        await Expect(night.Locator(".loop-state")).ToContainTextAsync("Loop running");

        await lead.GetByRole(AriaRole.Button, new() { Name = "Pause", Exact = true }).ClickAsync();

        await Expect(night.Locator(".loop-state")).ToContainTextAsync("Loop paused");
        await Expect(night.GetByRole(AriaRole.Button, new() { Name = "Pause", Exact = true })).ToBeDisabledAsync();
        await night.GetByRole(AriaRole.Button, new() { Name = "Start", Exact = true }).ClickAsync();
        await Expect(lead.Locator(".loop-state")).ToContainTextAsync("Loop running");
        await Expect(lead.Locator("#decisions")).ToContainTextAsync("operator");
        await lead.Context.CloseAsync();
        await night.Context.CloseAsync();
    }

    [Fact]
    public async Task ConnectionLost_WhileADialogIsOpen_ComesBackWithTheTypedText()
    {
        await using var line = new PhoneLine((await watched.StartedAsync(fixture.Browser)).Address);
        var page = await watched.OpenAsync(fixture.Browser, Roles.Administrator, by: line.Address);
        await page.Locator(".rollback-button").ClickAsync();
        var reason = page.Locator("#rollback-reason");
        await reason.FillAsync("The board has ");

        line.Cut();
        await Expect(page.Locator("#components-reconnect-modal[open]")).ToBeVisibleAsync();
        await Expect(page.Locator("#components-reconnect-modal")).ToContainTextAsync("not current");
        line.Mend();
        await Expect(page.Locator("#components-reconnect-modal")).Not.ToBeVisibleAsync();

        await Expect(reason).ToHaveValueAsync("The board has ");
        await reason.PressSequentiallyAsync("decided so.");
        await page.Keyboard.PressAsync("Tab");
        await Expect(reason).ToHaveValueAsync("The board has decided so.");

        // Closed by the server, so the circuit is the one from before the cut. Not by Escape: the dialog asks
        // for that key after it is drawn, and a line that is cut in that instant takes the question with it.
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep JSON mode" }).ClickAsync();
        await Expect(page.Locator(".mud-dialog")).ToHaveCountAsync(0);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Keyboard_GoesToPagesHelpAndSearch_AndFocusReturnsAfterADialog()
    {
        var page = await watched.OpenAsync(fixture.Browser, Roles.Operator);
        await Expect(page.Locator(".strip")).ToBeVisibleAsync();

        var heading = page.GetByRole(AriaRole.Heading, new() { Name = "Iterations" });
        for (var tries = 1; !await heading.IsVisibleAsync() && tries <= 5; tries++)
        {
            // On a machine under load the two keys may come too far apart to be one shortcut; then a person presses
            // them again.
            await page.Keyboard.PressAsync("g");
            await page.Keyboard.PressAsync("i");
            await page.WaitForTimeoutAsync(2_000 * tries);
        }

        await Expect(heading).ToBeVisibleAsync();
        await Expect(page.Locator(".nav a.active")).ToContainTextAsync("Iterations");
        await page.Keyboard.PressAsync("?");
        await page.UntilAsync(FocusIsInTheDialog, "the focus is in the dialog");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator(".mud-dialog")).ToHaveCountAsync(0);
        await page.Locator(".rollback-button").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.UntilAsync(FocusIsInTheDialog, "the focus is in the dialog");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator(".mud-dialog")).ToHaveCountAsync(0);
        await Expect(page.Locator(".rollback-button")).ToBeFocusedAsync();
        await page.Context.CloseAsync();
    }

    /// <summary>The others hold whether the loop goes on in full code or not.</summary>
    [Fact]
    public async Task Operator_PagedByAnAlert_OpensItsLinkRollsBackAndSeesTheStepsEnd()
    {
        var server = await watched.StartedAsync(fixture.Browser);
        await server.UntilAsync("SELECT COUNT(*) FROM Notifications WHERE Channel = 'slack' AND SentAt IS NOT NULL", 1);
        var paged = Link().Match(watched.Chat.Requests.First().Body);
        Assert.True(paged.Success, watched.Chat.Requests.First().Body);

        var page = await watched.OpenAsync(
            fixture.Browser,
            Roles.Operator,
            new()
            {
                ViewportSize = new() { Width = 390, Height = 844 },
            }
        );
        await page.GotoAsync(new Uri(server.Address, paged.Groups[1].Value).ToString());
        await Expect(page.Locator(".alert-card").First).ToBeVisibleAsync();
        await page.Locator(".rollback-button").ClickAsync();
        await page.Locator("#confirm-rollback").ClickAsync();
        await Expect(page.Locator(".command-result[data-succeeded=true]")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await page.GotoAsync(server.Address.ToString());

        await Expect(page.Locator(".strip-headline")).ToContainTextAsync("Rolled back");
        await Expect(page.Locator(".strip-next a")).ToHaveAttributeAsync("href", "/operations#staging");
        await Expect(page.Locator("#rollback-title")).ToContainTextAsync("Verified");
        await Expect(page.Locator("#rollback [data-tone=info], #rollback [data-tone=quiet]")).ToHaveCountAsync(0);
        Assert.Equal(
            0,
            await server.QueryAsync<long>(
                "SELECT COUNT(*) FROM Iterations, Rollbacks WHERE Number > LastNumberBefore AND AssignedMode = 1 AND Environment = 0"
            )
        );
        await page.Context.CloseAsync();
    }

    [GeneratedRegex("https://rollout\\.example\\.org(/[^\\s\"\\\\]*)")]
    private static partial Regex Link();

    [GeneratedRegex("\\S")]
    private static partial Regex Headline();

    [GeneratedRegex("\\d+ %")]
    private static partial Regex Percent();

    [GeneratedRegex(
        "^(Roll back|Promote|Override|Start|Pause|Stop|Acknowledge|Silence|Send test|Dismiss|Change|Validate|Resume|Add user|Revoke)",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex ActionWords();
}
