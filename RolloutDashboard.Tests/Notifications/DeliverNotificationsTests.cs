using RolloutDashboard.Core.Notifications;
using RolloutDashboard.Core.Notifications.Channels;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Notifications;

public sealed class DeliverNotificationsTests
{
    [Theory]
    [InlineData(AlertSeverity.Warning, "dashboard slack")]
    [InlineData(AlertSeverity.Critical, "dashboard email slack")]
    [InlineData(AlertSeverity.Emergency, "dashboard email slack sms")]
    public async Task Add_Severity_WritesForTheChannelsThatCarryIt(AlertSeverity severity, string expected)
    {
        await using var outbox = await Outbox.OpenAsync();

        await outbox.FireAsync(severity);

        Assert.Equal(
            expected,
            string.Join(' ', (await outbox.RowsAsync()).Select(row => row.Channel).Order(StringComparer.Ordinal))
        );
    }

    [Fact]
    public async Task Execute_Email_SendsRuleSeverityFiguresLinkAndKey()
    {
        await using var outbox = await Outbox.OpenAsync();
        await outbox.FireAsync(AlertSeverity.Critical);

        Assert.Equal(1, await outbox.SendAsync("email"));

        var mail = Assert.Single(outbox.Mail.Messages);
        var row = Assert.Single(await outbox.RowsAsync("email"));
        Assert.Contains("Subject: [Critical] System crash", mail, StringComparison.Ordinal);
        Assert.Contains($"Message-Id: <{row.Key}@rolloutdashboard>", mail, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("45 % of 20", mail, StringComparison.Ordinal);
        Assert.Contains("https://dashboard.example.org/alerts", mail, StringComparison.Ordinal);
        Assert.Contains("oncall@example.org", Assert.Single(outbox.Mail.Recipients), StringComparison.Ordinal);
        Assert.NotNull(row.SentAt);
    }

    [Fact]
    public async Task Execute_Slack_PostsEscapedTextWithItsKey()
    {
        await using var outbox = await Outbox.OpenAsync();
        await outbox.FireAsync(AlertSeverity.Warning, "success-warning");

        await outbox.SendAsync("slack");

        var request = Assert.Single(outbox.Slack.Requests);
        Assert.Equal("/services/T0/B0/hook-secret", request.Path);
        var text = System.Text.Json.JsonDocument.Parse(request.Body).RootElement.GetProperty("text").GetString();
        Assert.Contains("&lt;overall&gt; &amp; 52 %", text, StringComparison.Ordinal);
        Assert.Equal((await outbox.RowsAsync("slack"))[0].Key, request.Headers["Idempotency-Key"]);
    }

    [Fact]
    public async Task Execute_SmsForm_SendsEncodedFieldsAndToken()
    {
        await using var outbox = await Outbox.OpenAsync();
        await outbox.FireAsync(AlertSeverity.Emergency);

        await outbox.SendAsync("sms");

        var request = Assert.Single(outbox.Sms.Requests);
        Assert.StartsWith("application/x-www-form-urlencoded", request.ContentType, StringComparison.Ordinal);
        Assert.StartsWith(
            "to=%2B4912345&from=Rollout&text=%5BEmergency%5D%20System%20crash",
            request.Body,
            StringComparison.Ordinal
        );
        Assert.Equal($"Bearer {Outbox.Token}", request.Headers["Authorization"]);
    }

    [Fact]
    public async Task Execute_SmsJson_FillsTheTemplate()
    {
        await using var gateway = await HookServer.StartAsync();
        var sms = new SmsOptions
        {
            Url = gateway.Address,
            Format = SmsFormat.Json,
            Template = """{"recipients":["{to}"],"content":"{text}","id":"{key}"}""",
            To = ["+1", "+2"],
        };
        await using var outbox = await Outbox.OpenAsync(new NotificationOptions().With(sms));
        await outbox.FireAsync(AlertSeverity.Emergency);

        await outbox.SendAsync("sms");

        var bodies = gateway
            .Requests.Select(request => System.Text.Json.JsonDocument.Parse(request.Body).RootElement)
            .ToList();
        Assert.Equal(["+1", "+2"], bodies.Select(body => body.GetProperty("recipients")[0].GetString()));
        Assert.Contains("<overall> & 52 %", bodies[0].GetProperty("content").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Execute_Refused_BacksOffShowsFailingAndRecovers()
    {
        await using var outbox = await Outbox.OpenAsync();
        outbox.Slack.Status = 503;
        await outbox.FireAsync(AlertSeverity.Warning);

        Assert.Equal(0, await outbox.SendAsync("slack"));
        Assert.Equal(0, await outbox.SendAsync("slack"));
        var failing = await outbox.StateAsync("slack");
        foreach (var minutes in new[] { 1, 5, 15, 60, 60 })
        {
            outbox.Rollout.Clock.Advance(TimeSpan.FromMinutes(minutes) - TimeSpan.FromSeconds(1));
            await outbox.SendAsync("slack");
            outbox.Rollout.Clock.Advance(TimeSpan.FromSeconds(1));
            await outbox.SendAsync("slack");
        }

        outbox.Slack.Status = 200;
        outbox.Rollout.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(1, await outbox.SendAsync("slack"));

        Assert.Equal(ChannelHealth.Failing, failing.Health);
        Assert.Contains("503", failing.LastError, StringComparison.Ordinal);
        Assert.Equal(1, failing.Waiting);
        Assert.Equal(7, outbox.Slack.Requests.Count);
        Assert.Single(outbox.Slack.Requests.Select(request => request.Headers["Idempotency-Key"]).Distinct());
        Assert.Equal(ChannelHealth.Working, (await outbox.StateAsync("slack")).Health);
    }

    [Fact]
    public async Task Execute_MailRefused_IsTriedAgainAndTaken()
    {
        await using var outbox = await Outbox.OpenAsync();
        outbox.Mail.Mood = MailMood.Refuses;
        await outbox.FireAsync(AlertSeverity.Critical);

        await outbox.SendAsync("email");
        var refused = Assert.Single(await outbox.RowsAsync("email"));
        outbox.Mail.Mood = MailMood.Takes;
        outbox.Rollout.Clock.Advance(TimeSpan.FromMinutes(1));
        await outbox.SendAsync("email");

        Assert.Contains("no such person", refused.LastError, StringComparison.Ordinal);
        Assert.Single(outbox.Mail.Messages);
        Assert.Null(Assert.Single(await outbox.RowsAsync("email")).LastError);
    }

    [Theory]
    [InlineData("email")]
    [InlineData("slack")]
    public async Task Execute_Hangs_EndsAtItsTimeLimitAndLeavesTheOthersAlone(string channel)
    {
        await using var outbox = await Outbox.OpenAsync();
        outbox.Mail.Mood = MailMood.Hangs;
        outbox.Slack.Hangs = true;
        await outbox.FireAsync(AlertSeverity.Emergency);

        var hanging = outbox.SendAsync(channel);
        Assert.Equal(1, await outbox.SendAsync("sms"));
        Assert.False(hanging.IsCompleted);
        while (!hanging.IsCompleted)
        {
            outbox.Rollout.Clock.Advance(TimeSpan.FromSeconds(20));
            await Task.WhenAny(hanging, Task.Delay(50, TestRollout.Token));
        }

        await hanging;
        Assert.Equal("No answer within 20 seconds.", Assert.Single(await outbox.RowsAsync(channel)).LastError);
    }

    [Fact]
    public async Task Execute_KilledWhileSending_SendsAgainLaterWithTheSameKey()
    {
        await using var outbox = await Outbox.OpenAsync();
        outbox.Slack.Hangs = true;
        await outbox.FireAsync(AlertSeverity.Warning);
        using var kill = CancellationTokenSource.CreateLinkedTokenSource(TestRollout.Token);
        var sending = outbox.Deliver.ExecuteAsync(outbox.Channel("slack"), kill.Token);
        while (outbox.Slack.Requests.IsEmpty)
        {
            await Task.Delay(10, TestRollout.Token);
        }

        await kill.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        outbox.Slack.Hangs = false;
        Assert.Equal(0, await outbox.SendAsync("slack"));
        outbox.Rollout.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, await outbox.SendAsync("slack"));
        Assert.Equal(0, await outbox.SendAsync("slack"));

        Assert.Equal(2, outbox.Slack.Requests.Count);
        Assert.Single(outbox.Slack.Requests.Select(request => request.Headers["Idempotency-Key"]).Distinct());
    }

    [Fact]
    public async Task Execute_ResolvedWhileFailing_NeverOvertakesItsAlert()
    {
        await using var outbox = await Outbox.OpenAsync();
        outbox.Slack.Status = 500;
        var alert = await outbox.FireAsync(AlertSeverity.Warning);
        await outbox.SendAsync("slack");
        await outbox.ResolveAsync(alert);
        outbox.Slack.Status = 200;

        Assert.Equal(0, await outbox.SendAsync("slack"));
        outbox.Rollout.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(2, await outbox.SendAsync("slack"));

        Assert.Equal(
            ["Firing", "Firing", "Resolved"],
            outbox.Slack.Requests.Select(request =>
                request.Body.Contains("[Resolved]", StringComparison.Ordinal) ? "Resolved" : "Firing"
            )
        );
    }

    [Fact]
    public async Task Execute_Silenced_KeepsTheMessageBack()
    {
        await using var outbox = await Outbox.OpenAsync();
        await outbox.FireAsync(AlertSeverity.Warning, silenced: true);

        await outbox.SendAsync("slack");

        Assert.Empty(outbox.Slack.Requests);
        Assert.Null(Assert.Single(await outbox.RowsAsync("slack")).SentAt);
    }

    [Fact]
    public async Task Execute_ADayOfFailures_GivesUp()
    {
        await using var outbox = await Outbox.OpenAsync();
        outbox.Slack.Status = 500;
        await outbox.FireAsync(AlertSeverity.Warning);

        outbox.Rollout.Clock.Advance(RetryTimes.GiveUpAfter);
        await outbox.SendAsync("slack");

        Assert.NotNull(Assert.Single(await outbox.RowsAsync("slack")).GivenUpAt);
        Assert.Equal(0, (await outbox.StateAsync("slack")).Waiting);
    }

    [Fact]
    public async Task Execute_ServersRepeatSecrets_NeitherLogNorDatabaseHoldsThem()
    {
        await using var outbox = await Outbox.OpenAsync();
        outbox.Mail.Mood = MailMood.RefusesSignIn;
        (outbox.Slack.Status, outbox.Slack.Answer) = (403, $"no: {outbox.WebhookUrl} and /services/T0/B0/hook-secret");
        (outbox.Sms.Status, outbox.Sms.Answer) = (401, $"bad key {Outbox.Token}");
        await outbox.FireAsync(AlertSeverity.Emergency);

        await outbox.SendAsync("email");
        await outbox.SendAsync("slack");
        await outbox.SendAsync("sms");

        var plain = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"\0rollout\0{Outbox.Password}"));
        var everything = string.Join(
            '\n',
            outbox.Log.Lines.Concat((await outbox.RowsAsync()).Select(row => $"{row.LastError} {row.Text}"))
        );
        Assert.Equal(3, outbox.Log.Lines.Count);
        foreach (var secret in new[] { Outbox.Password, Outbox.Token, "hook-secret", plain })
        {
            Assert.DoesNotContain(secret, everything, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Execute_SecretNotSet_FailsAndNamesTheVariable()
    {
        await using var outbox = await Outbox.OpenAsync();
        outbox.Environment.Remove("SLACK_HOOK");
        await outbox.FireAsync(AlertSeverity.Warning);

        await outbox.SendAsync("slack");

        Assert.Contains(
            "SLACK_HOOK is not set",
            (await outbox.StateAsync("slack")).LastError,
            StringComparison.Ordinal
        );
    }
}
