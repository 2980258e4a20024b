using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Alerts;
using RolloutDashboard.Core.Configuration;
using RolloutDashboard.Core.Notifications;
using RolloutDashboard.Core.Notifications.AlertList;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Notifications;

public sealed class NotificationUseCaseTests
{
    [Fact]
    public async Task SendTest_Taken_TellsTheGateWhen()
    {
        await using var outbox = await Outbox.OpenAsync();

        var result = await outbox.Test.ExecuteAsync("email", "ann", TestRollout.Token);

        Assert.True(result.Delivered);
        Assert.Contains("[Test]", Assert.Single(outbox.Mail.Messages), StringComparison.Ordinal);
        Assert.Equal(outbox.Rollout.Clock.GetUtcNow(), await TestAlertAtAsync(outbox));
    }

    [Fact]
    public async Task SendTest_Refused_SaysWhyOnceAndTellsTheGateNothing()
    {
        await using var outbox = await Outbox.OpenAsync();
        outbox.Slack.Status = 404;

        var result = await outbox.Test.ExecuteAsync("slack", "ann", TestRollout.Token);
        outbox.Rollout.Clock.Advance(TimeSpan.FromHours(2));
        await outbox.SendAsync("slack");

        Assert.False(result.Delivered);
        Assert.Contains("404", result.Message, StringComparison.Ordinal);
        Assert.Single(outbox.Slack.Requests);
        Assert.Null(await TestAlertAtAsync(outbox));
    }

    [Fact]
    public async Task SendTest_DashboardOnly_IsNoTestOfTheOthers()
    {
        await using var outbox = await Outbox.OpenAsync();

        Assert.True((await outbox.Test.ExecuteAsync("dashboard", "ann", TestRollout.Token)).Delivered);

        Assert.Null(await TestAlertAtAsync(outbox));
    }

    [Fact]
    public async Task Acknowledge_OpenAlert_RecordsWhoAndRefusesASecond()
    {
        await using var outbox = await Outbox.OpenAsync();
        var alert = await outbox.FireAsync(AlertSeverity.Critical);
        var acknowledge = new AcknowledgeAlert(outbox.Rollout.Transitions, outbox.Rollout.Clock);

        var first = await acknowledge.ExecuteAsync(alert, "ann", TestRollout.Token);
        var second = await acknowledge.ExecuteAsync(alert, "ben", TestRollout.Token);

        Assert.True(first.Succeeded);
        Assert.Equal("alert-acknowledged", first.Decision!.Kind);
        Assert.Equal("The alert was acknowledged by ann already.", second.Message);
    }

    [Fact]
    public async Task Silence_UntilItsEnd_KeepsMessagesBackAndThenLetsThemGo()
    {
        await using var outbox = await Outbox.OpenAsync();
        var alert = await outbox.FireAsync(AlertSeverity.Warning);
        var silence = new SilenceAlert(outbox.Rollout.Transitions, outbox.Rollout.Clock);

        var result = await silence.ExecuteAsync(
            alert,
            outbox.Rollout.Clock.GetUtcNow().AddHours(1),
            "ann",
            TestRollout.Token
        );
        await outbox.SendAsync("slack");
        outbox.Rollout.Clock.Advance(TimeSpan.FromHours(1));
        await outbox.ResolveAsync(alert);
        await outbox.SendAsync("slack");

        Assert.Equal("alert-silenced", result.Decision!.Kind);
        Assert.Contains("[Resolved]", Assert.Single(outbox.Slack.Requests).Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(24 * 8)]
    public async Task Silence_WithoutAProperEnd_IsRefused(int hours)
    {
        await using var outbox = await Outbox.OpenAsync();
        var alert = await outbox.FireAsync(AlertSeverity.Warning);

        var result = await new SilenceAlert(outbox.Rollout.Transitions, outbox.Rollout.Clock).ExecuteAsync(
            alert,
            outbox.Rollout.Clock.GetUtcNow().AddHours(hours),
            "ann",
            TestRollout.Token
        );

        Assert.False(result.Succeeded);
    }

    [Fact]
    public async Task Watch_RolledBack_WritesOneMessageAChannelHoweverOftenItLooks()
    {
        await using var outbox = await Outbox.OpenAsync();
        await outbox.Rollout.StopAsync("night shift");
        outbox.Mail.Mood = MailMood.Hangs;
        outbox.Slack.Hangs = true;

        // Servers that hang have no part in this: the watch only writes.
        await outbox.Watch().ExecuteAsync((_, _, _) => Task.CompletedTask, TestRollout.Token);
        await outbox.Watch().ExecuteAsync((_, _, _) => Task.CompletedTask, TestRollout.Token);

        var rows = await outbox.RowsAsync();
        Assert.Equal(["dashboard", "email", "slack"], rows.Select(row => row.Channel).Order(StringComparer.Ordinal));
        Assert.All(rows, row => Assert.Equal((AlertNames.RolledBack, AlertPhase.Firing), (row.Rule, row.Phase)));
        Assert.All(rows, row => Assert.NotNull(row.AlertId));
        Assert.Contains("night shift", rows[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void TeamNotice_SomeToldSomeNot_NamesEach()
    {
        var channels = new NotificationChannels(new NotificationOptions(), _ => null, new Unheard());

        var (state, text) = ReadNotificationStatus.Say(
            channels.All,
            [Message("dashboard", sent: true), Message("email", fault: "Connection refused")]
        );

        Assert.Equal("failed", state);
        Assert.Equal("Told: Dashboard. Failing: E-mail (Connection refused). Not configured: Slack.", text);
    }

    [Fact]
    public void TeamNotice_AllTold_IsDone()
    {
        var channels = new NotificationChannels(new NotificationOptions(), _ => null, new Unheard());

        Assert.Equal(
            new NotificationStatus("done", "Told: Dashboard. Not configured: Slack, E-mail."),
            ReadNotificationStatus.Say(channels.All, [Message("dashboard", sent: true)])
        );
    }

    private static Notification Message(string channel, bool sent = false, string? fault = null) =>
        new()
        {
            Key = channel,
            Channel = channel,
            Rule = AlertNames.RolledBack,
            Text = "",
            Severity = AlertSeverity.Critical,
            SentAt = sent ? DateTimeOffset.UnixEpoch : null,
            LastError = fault,
        };

    private static async Task<DateTimeOffset?> TestAlertAtAsync(Outbox outbox)
    {
        var (databases, rollout) = (outbox.Rollout.Databases, await outbox.Rollout.RowAsync());
        await using var db = databases.CreateDbContext();
        var version = await db.ConfigurationVersions.FirstAsync(TestRollout.Token);
        var inputs = await outbox
            .GateInputs()
            .ExecuteAsync(db, rollout, StageConfiguration.FromJson(version.ValuesJson), TestRollout.Token);
        return inputs.Facts.TestAlertAt;
    }

    private sealed class Unheard : Core.Nodes.IRolloutChanges
    {
        public void Publish()
        {
            // Nobody listens.
        }
    }
}
