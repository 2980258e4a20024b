using Bunit;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using RolloutDashboard.Components.Operations;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Components.Operations;

public sealed class RestoreDialogTests
{
    private const string Name = "rollout-20260302-084500-scheduled.db";
    private const string Reason = "The import of last night spoiled the records.";

    [Fact]
    public async Task Dialog_Opened_SaysWhatIsLostAndWaitsForReasonAndName()
    {
        await using var page = new PageContext(Roles.Administrator);
        var dialog = await OpenAsync(page);

        Assert.Contains(
            "iterations recorded since then are lost",
            dialog.Find(".effects").TextContent,
            StringComparison.Ordinal
        );
        Assert.Contains("JSON mode is off afterwards", dialog.Find(".effects").TextContent, StringComparison.Ordinal);
        Assert.True(dialog.Find("#confirm-restore").HasAttribute("disabled"));
        Assert.Equal("restore-missing", dialog.Find("#confirm-restore").GetAttribute("aria-describedby"));

        await dialog.Find("#restore-reason").InputAsync(new() { Value = Reason });
        Assert.Contains("name is not typed", dialog.Find("#restore-missing").TextContent, StringComparison.Ordinal);
        await dialog.Find("#restore-name").InputAsync(new() { Value = "rollout" });
        Assert.True(dialog.Find("#confirm-restore").HasAttribute("disabled"));
        Assert.Empty(page.Backups.Asked);
    }

    [Fact]
    public async Task Dialog_ReasonAndNameGiven_RestoresThatBackupAndShowsTheAnswer()
    {
        await using var page = new PageContext(Roles.Administrator);
        var dialog = await OpenAsync(page);
        await dialog.Find("#restore-reason").InputAsync(new() { Value = Reason });
        await dialog.Find("#restore-name").InputAsync(new() { Value = Name });

        await dialog.Find("#confirm-restore").ClickAsync(new());

        Assert.Equal([$"restore {Name} {Name} {Reason}"], page.Backups.Asked);
        dialog.WaitForAssertion(() =>
            Assert.Contains("has begun", dialog.Find("[role=alert]").TextContent, StringComparison.Ordinal)
        );
        Assert.Empty(dialog.FindAll("#confirm-restore"));
    }

    [Fact]
    public async Task Dialog_Refused_ShowsTheWordsAndCanBeTriedAgain()
    {
        await using var page = new PageContext(Roles.Administrator);
        page.Backups.Answer = new(false, "There is no such backup any more.");
        var dialog = await OpenAsync(page);
        await dialog.Find("#restore-reason").InputAsync(new() { Value = Reason });
        await dialog.Find("#restore-name").InputAsync(new() { Value = Name });

        await dialog.Find("#confirm-restore").ClickAsync(new());

        dialog.WaitForAssertion(() =>
            Assert.Equal("false", dialog.Find("[role=alert]").GetAttribute("data-succeeded"))
        );
        Assert.False(dialog.Find("#confirm-restore").HasAttribute("disabled"));
    }

    private static async Task<IRenderedComponent<MudDialogProvider>> OpenAsync(PageContext page)
    {
        var dialogs = page.Render<MudDialogProvider>();
        await dialogs.InvokeAsync(() =>
            page
                .Services.GetRequiredService<IDialogService>()
                .ShowAsync<RestoreDialog>(
                    "Restore?",
                    new DialogParameters<RestoreDialog> { { dialog => dialog.Backup, page.Backups.Lines[0] } }
                )
        );
        dialogs.WaitForElement("#confirm-restore");
        return dialogs;
    }
}
