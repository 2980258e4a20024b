using Bunit;
using RolloutDashboard.Background;
using RolloutDashboard.Components.Operations;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Components.Operations;

public sealed class BackupsPanelTests
{
    [Fact]
    public async Task Panel_WithBackups_ShowsSizeReasonAndIntegrity()
    {
        await using var context = new PageContext();

        var panel = context.Render<BackupsPanel>();

        Assert.Contains("scheduled, 3.0 MB, whole", panel.Find("#backups").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Restore…", panel.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Panel_Viewer_CanDoNothing()
    {
        await using var context = new PageContext(Roles.Viewer);

        Assert.Empty(context.Render<BackupsPanel>().FindAll("button"));
    }

    [Fact]
    public async Task Panel_BackUpNow_AsksAndShowsTheAnswer()
    {
        await using var context = new PageContext();
        var panel = context.Render<BackupsPanel>();

        await panel.Find("#back-up-now").ClickAsync(new());

        Assert.Equal(["backup"], context.Backups.Asked);
        Assert.Contains("backup has begun", panel.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Panel_WorkGoesOn_IsShownOnEveryVisitAndNothingElseCanBegin()
    {
        await using var context = new PageContext(Roles.Administrator);
        context.Backups.Work = new DatabaseTask("Restore of a", "ann", Scripted.Start, null, null, []);

        var panel = context.Render<BackupsPanel>();

        Assert.Contains("Restore of a", panel.Find("#database-task").TextContent, StringComparison.Ordinal);
        Assert.All(panel.FindAll("button"), button => Assert.True(button.HasAttribute("disabled")));
    }

    [Fact]
    public async Task Panel_FolderUnreadable_SaysSo()
    {
        await using var context = new PageContext();
        context.Backups.Fault = new IOException("no such disk");

        Assert.Contains(
            "could not be read: no such disk",
            context.Render<BackupsPanel>().Markup,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Panel_NoBackup_SaysWhenTheFirstIsMade()
    {
        await using var context = new PageContext();
        context.Backups.Lines.Clear();

        Assert.Contains("No backup yet", context.Render<BackupsPanel>().Markup, StringComparison.Ordinal);
    }
}
