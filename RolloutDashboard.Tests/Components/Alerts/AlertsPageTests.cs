using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using RolloutDashboard.Components.Alerts;
using RolloutDashboard.Components.Feedback;
using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Notifications.AlertList;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Components.Alerts;

public sealed class AlertsPageTests
{
    [Fact]
    public async Task Alerts_FilteredAddress_AsksForThat()
    {
        await using var page = new PageContext();
        page.Services.GetRequiredService<NavigationManager>()
            .NavigateTo("/alerts?list=history&severity=critical&rule=mean-sharpe&page=2");

        page.Render<AlertsPage>();

        Assert.Equal(
            new AlertFilter(AlertListKind.History, AlertSeverity.Critical, "mean-sharpe", 2),
            page.Alerts.Asked[0]
        );
    }

    [Fact]
    public async Task Alerts_None_SaysSoAndShowsChannels()
    {
        await using var page = new PageContext();

        var alerts = page.Render<AlertsPage>();

        Assert.Contains("No alert is open", alerts.Find(".empty-state").TextContent, StringComparison.Ordinal);
        Assert.Contains("Connection refused", alerts.Find("#channels").TextContent, StringComparison.Ordinal);
        Assert.Equal("SMS is not configured", alerts.FindAll("#channels button")[2].GetAttribute("title"));
        Assert.True(alerts.FindAll("#channels button")[2].HasAttribute("disabled"));
    }

    [Fact]
    public async Task Alerts_AcknowledgeAndSilence_RunTheCommands()
    {
        await using var page = new PageContext();
        page.Alerts.Lines.Add(ScriptedAlerts.Line(7));
        var alerts = page.Render<AlertsPage>();

        await alerts.FindAll(".alert-actions button")[0].ClickAsync(new());
        await alerts.FindAll(".alert-actions button")[2].ClickAsync(new());
        await alerts.FindAll("#channels button")[1].ClickAsync(new());

        Assert.Equal(["acknowledge 7", "silence 7", "test email"], page.Alerts.Commands);
        Assert.Equal(page.Clock.GetUtcNow().AddHours(8), Assert.Single(page.Alerts.Silences));
        Assert.Equal(page.Alerts.Answer.Message, alerts.Find(".page-answer").TextContent);
    }

    [Fact]
    public async Task Alerts_Viewer_SeesNoActions()
    {
        await using var page = new PageContext(Roles.Viewer);
        page.Alerts.Lines.Add(ScriptedAlerts.Line(7));

        var alerts = page.Render<AlertsPage>();

        Assert.Contains("45 % of 20", alerts.Find(".alert-card").TextContent, StringComparison.Ordinal);
        Assert.Empty(alerts.FindAll(".alert-actions, #channels button"));
    }

    [Fact]
    public async Task Feedback_ScoreAndComment_AreSent()
    {
        await using var page = new PageContext(Roles.Viewer);
        var feedback = page.Render<FeedbackPage>();
        Assert.True(feedback.Find("#answer button").HasAttribute("disabled"));

        await feedback.FindAll("input[type=radio]")[3].ChangeAsync(new() { Value = "4" });
        await feedback.Find("#comment").ChangeAsync(new() { Value = "good" });
        await feedback.Find("#answer form").SubmitAsync();

        Assert.Equal("give 4: good", Assert.Single(page.Feedback.Commands));
    }

    [Fact]
    public async Task Feedback_TooFewPeople_SaysHowManyMore()
    {
        await using var page = new PageContext(Roles.Viewer);
        page.Feedback.View = page.Feedback.View with { Score = new FeedbackScore(4.25, 4) };

        var text = page.Render<FeedbackPage>().Find("#score").TextContent;

        Assert.Contains("4.25 of 5", text, StringComparison.Ordinal);
        Assert.Contains("1 more person must answer", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignOff_Administrator_NeedsNameAndStatement()
    {
        await using var page = new PageContext(Roles.Administrator);
        page.Feedback.View = page.Feedback.View with { Stage = Stage.FullProduction };
        var feedback = page.Render<FeedbackPage>();
        Assert.True(feedback.Find("#sign-off button").HasAttribute("disabled"));

        await feedback.Find("#sign-name").InputAsync(new() { Value = "Ann Lee" });
        await feedback.Find("#sign-statement").InputAsync(new() { Value = "The objectives are met." });
        await feedback.Find("#sign-off form").SubmitAsync();

        Assert.Equal("sign-off Ann Lee: The objectives are met.", Assert.Single(page.Feedback.Commands));
    }

    [Fact]
    public async Task SignOff_EarlierStageOrOperator_OffersNoForm()
    {
        await using var page = new PageContext(Roles.Operator);
        Assert.Contains(
            "Opens in stage 3.4",
            page.Render<FeedbackPage>().Find("#sign-off").TextContent,
            StringComparison.Ordinal
        );

        page.Feedback.View = page.Feedback.View with { Stage = Stage.FullProduction };
        Assert.Empty(page.Render<FeedbackPage>().FindAll("#sign-off form"));
    }
}
