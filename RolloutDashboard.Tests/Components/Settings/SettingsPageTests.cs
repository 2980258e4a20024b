using Bunit;
using MudBlazor;
using RolloutDashboard.Commands;
using RolloutDashboard.Components.Settings;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Components.Settings;

public sealed class SettingsPageTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Providers_ShowStateAndTheVariableOfTheKeyOnly()
    {
        await using var page = new PageContext(Roles.Administrator);

        var settings = page.Render<SettingsPage>();

        var cards = settings.FindAll("#providers li");
        Assert.Contains("left alone", cards[0].TextContent, StringComparison.Ordinal);
        Assert.Contains(
            "bound to environment variable MAIN_KEY, present",
            cards[0].TextContent,
            StringComparison.Ordinal
        );
        Assert.Contains("3.00 in and 15.00 out", cards[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("SPARE_KEY, missing", cards[1].TextContent, StringComparison.Ordinal);
        Assert.Contains("unknown, so cost is not measured", cards[1].TextContent, StringComparison.Ordinal);
        Assert.Contains("answers now", cards[2].TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Users_ForAnOperator_AreNotThere()
    {
        await using var page = new PageContext();
        page.Settings.IsAdministrator = false;

        var settings = page.Render<SettingsPage>();

        Assert.Empty(settings.FindAll("#users"));
        Assert.NotEmpty(settings.FindAll("#channels button"));
    }

    [Fact]
    public async Task Revoke_WithAWrittenReason_IsCarriedOut()
    {
        await using var page = new PageContext(Roles.Administrator);
        var dialogs = page.Render<MudDialogProvider>();
        var settings = page.Render<SettingsPage>();

        var asked = settings
            .FindAll("#users tbody tr")[1]
            .QuerySelectorAll("button")
            .Single(button => button.TextContent.StartsWith("Revoke", StringComparison.Ordinal))
            .ClickAsync(new());
        dialogs.WaitForElement("#written-reason", Patience);
        Assert.True(dialogs.Find("#confirm-reason").HasAttribute("disabled"));
        await dialogs.Find("#written-reason").InputAsync(new() { Value = "left the team at the end of May" });
        await dialogs.Find("#confirm-reason").ClickAsync(new());
        dialogs.WaitForElement(".command-result", Patience);
        await dialogs
            .FindAll(".mud-dialog-actions button")
            .Single(button => button.TextContent == "Close")
            .ClickAsync(new());
        await asked.WaitAsync(Patience, Xunit.TestContext.Current.CancellationToken);

        Assert.Equal(["revoke olga: left the team at the end of May"], page.Settings.Commands);
    }

    [Fact]
    public async Task NewLink_IsShownOnceAndCanBePutAway()
    {
        await using var page = new PageContext(Roles.Administrator);
        var settings = page.Render<SettingsPage>();

        await settings
            .FindAll("#users tbody tr")[1]
            .QuerySelectorAll("button")
            .Single(button => button.TextContent == "New sign-in link")
            .ClickAsync(new());

        Assert.EndsWith(
            "/account/link?token=once",
            settings.Find("#issued-link").GetAttribute("value"),
            StringComparison.Ordinal
        );
        await settings.Find(".sign-in-link button").ClickAsync(new());
        Assert.Empty(settings.FindAll("#issued-link"));
    }

    [Fact]
    public async Task Add_Refused_ShowsTheServersWordsAndKeepsTheName()
    {
        await using var page = new PageContext(Roles.Administrator);
        page.Settings.Answer = new CommandResult(false, "User name 'vera' is already taken.");
        var settings = page.Render<SettingsPage>();

        await settings.Find("#new-user").InputAsync(new() { Value = "vera" });
        await settings.Find(".add-user").SubmitAsync();

        Assert.Equal(["add vera Viewer"], page.Settings.Commands);
        Assert.Contains(
            "already taken",
            settings.Find(".add-user [role=status]").TextContent,
            StringComparison.Ordinal
        );
        Assert.Equal("vera", settings.Find("#new-user").GetAttribute("value"));
    }

    [Fact]
    public async Task Add_Succeeded_GivesTheNextPersonTheLeastRoleAgain()
    {
        await using var page = new PageContext(Roles.Administrator);
        var settings = page.Render<SettingsPage>();

        await settings.Find("#new-user").InputAsync(new() { Value = "ann" });
        await settings.Find(".add-user select").ChangeAsync(new() { Value = Roles.Administrator });
        await settings.Find(".add-user").SubmitAsync();
        await settings.Find("#new-user").InputAsync(new() { Value = "ben" });
        await settings.Find(".add-user").SubmitAsync();

        Assert.Equal(["add ann Administrator", "add ben Viewer"], page.Settings.Commands);
    }

    [Fact]
    public async Task ReadFails_OffersAnotherTry()
    {
        await using var page = new PageContext();
        page.Settings.Failure = new InvalidOperationException("The database is locked.");
        var settings = page.Render<SettingsPage>();
        Assert.Contains("The database is locked.", settings.Find(".empty-state").TextContent, StringComparison.Ordinal);

        page.Settings.Failure = null;
        await settings.Find(".empty-state button").ClickAsync(new());

        Assert.NotEmpty(settings.FindAll("#providers li"));
    }
}
