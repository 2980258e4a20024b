using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RolloutDashboard.Core.Alerts;
using RolloutDashboard.Core.Configuration;
using RolloutDashboard.Core.Evaluation;
using RolloutDashboard.Core.Evaluation.Alerting;
using RolloutDashboard.Core.Evaluation.Inputs;
using RolloutDashboard.Core.Faults;
using RolloutDashboard.Core.Llm.Secrets;
using RolloutDashboard.Core.Nodes;
using RolloutDashboard.Core.Notifications;
using RolloutDashboard.Core.Notifications.Channels;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Time;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Notifications;

/// <summary>A rollout with channels to servers of this machine, and the use cases around its outbox.</summary>
internal sealed class Outbox : IAsyncDisposable
{
    public const string Password = "correct-horse-password";
    public const string Token = "sms-token-4711";

    private Outbox(TestRollout rollout, HookServer slack, HookServer sms, NotificationOptions options, string? webhook)
    {
        (Rollout, Slack, Sms) = (rollout, slack, sms);
        AddSections(options, sms);
        options.PublicUrl = new Uri("https://dashboard.example.org");
        Channels = new NotificationChannels(options, name => Environment.GetValueOrDefault(name), rollout);
        Environment["MAIL_PASSWORD"] = Password;
        Environment["SLACK_HOOK"] = webhook ?? WebhookUrl;
        Environment["SMS_TOKEN"] = Token;
        Faults = new FaultRegister();
        Deliver = new DeliverNotifications(
            rollout.Databases,
            options,
            Faults,
            rollout,
            rollout.Clock,
            new SecretFilter(Channels.Secrets),
            Log
        );
        Test = new SendTestNotification(rollout.Databases, Channels, Deliver, rollout.Clock);
        States = new ReadChannelStates(Channels);
        Writer = new NotificationOutbox(Channels);
    }

    public TestRollout Rollout { get; }

    public HookServer Slack { get; }

    public HookServer Sms { get; }

    public MailServer Mail { get; } = new();

    public Dictionary<string, string?> Environment { get; } = [];

    public string WebhookUrl => new Uri(Slack.Address, "/services/T0/B0/hook-secret").ToString();

    public NotificationChannels Channels { get; }

    public DeliverNotifications Deliver { get; }

    public SendTestNotification Test { get; }

    public ReadChannelStates States { get; }

    public NotificationOutbox Writer { get; }

    public FaultRegister Faults { get; }

    public KeptLog Log { get; } = new();

    public static async Task<Outbox> OpenAsync(NotificationOptions? options = null, string? webhook = null) =>
        new(
            await TestRollout.OpenAsync(),
            await HookServer.StartAsync(),
            await HookServer.StartAsync(),
            options ?? new NotificationOptions(),
            webhook
        );

    // Of two sections of one channel the first counts, which is the one that a test has given.
    private void AddSections(NotificationOptions options, HookServer sms) =>
        options
            .With(
                new EmailOptions
                {
                    Host = "127.0.0.1",
                    Port = Mail.Port,
                    Security = MailSecurity.None,
                    From = "rollout@example.org",
                    To = ["oncall@example.org"],
                    UserName = "rollout",
                    PasswordEnvironmentVariable = "MAIL_PASSWORD",
                }
            )
            .With(new SlackOptions { WebhookUrlEnvironmentVariable = "SLACK_HOOK" })
            .With(
                new SmsOptions
                {
                    Url = new Uri(sms.Address, "/messages"),
                    From = "Rollout",
                    To = ["+4912345"],
                    TokenEnvironmentVariable = "SMS_TOKEN",
                }
            );

    public INotificationChannel Channel(string name) =>
        Channels.Find(name) ?? throw new InvalidOperationException($"No channel {name}.");

    public Task<int> SendAsync(string channel) => Deliver.ExecuteAsync(Channel(channel), TestRollout.Token);

    /// <summary>Writes an alert that began to fire, with its messages.</summary>
    public async Task<long> FireAsync(AlertSeverity severity, string rule = "system-crash", bool silenced = false)
    {
        await using var db = Rollout.Db();
        var now = Rollout.Clock.GetUtcNow();
        var alert = new AlertRecord
        {
            RolloutId = 1,
            Rule = rule,
            Severity = severity,
            Phase = AlertPhase.Firing,
            IsCurrent = true,
            Text = "JSON success rate 45 % of 20 (24 h), limit 50 %; <overall> & 52 %.",
            Since = now,
            FiredAt = now,
        };
        db.Alerts.Add(alert);
        await Writer.AddAsync(
            db,
            alert,
            new AlertEvent(rule, AlertPhase.Firing, severity, alert.Text, now, silenced),
            TestRollout.Token
        );
        await db.SaveChangesAsync(TestRollout.Token);
        return alert.Id;
    }

    /// <summary>Ends an alert, with its messages.</summary>
    public async Task ResolveAsync(long alertId)
    {
        await using var db = Rollout.Db();
        var alert = await db.Alerts.AsTracking().SingleAsync(row => row.Id == alertId, TestRollout.Token);
        (alert.Phase, alert.ResolvedAt) = (AlertPhase.Resolved, Rollout.Clock.GetUtcNow());
        await Writer.AddAsync(
            db,
            alert,
            new AlertEvent(
                alert.Rule,
                AlertPhase.Resolved,
                alert.Severity,
                "JSON success rate 80 % of 20.",
                Rollout.Clock.GetUtcNow(),
                false
            ),
            TestRollout.Token
        );
        await db.SaveChangesAsync(TestRollout.Token);
    }

    public async Task<List<Notification>> RowsAsync(string? channel = null)
    {
        await using var db = Rollout.Db();
        return await db
            .Notifications.Where(row => channel == null || row.Channel == channel)
            .OrderBy(row => row.Id)
            .ToListAsync(TestRollout.Token);
    }

    public async Task<ChannelState> StateAsync(string channel)
    {
        await using var db = Rollout.Db();
        return (await States.ExecuteAsync(db, TestRollout.Token)).Single(state => state.Name == channel);
    }

    public EvaluateRollout Watch() =>
        new(
            Rollout.Databases,
            new JudgeGate(GateInputs(), Rollout.Writes, new DatabaseAvailability(Rollout.Clock), Rollout.Clock),
            new ReadAlertInputs(
                new IdleLoop(),
                new ReadLookbackWindow(new DatabaseAvailability(Rollout.Clock)),
                new LifeSigns(Rollout.Clock)
            ),
            Writer,
            Rollout,
            Rollout.Clock
        );

    public ReadGateInputs GateInputs() =>
        new(
            new ReadStageEvidence(new DatabaseAvailability(Rollout.Clock)),
            Options.Create(new StageOptions()),
            Options.Create(new GateOptions()),
            Options.Create(Rollout.RolloutOptions),
            new ModestUse(),
            new JudgementHealth(Rollout.Clock),
            new LifeSigns(Rollout.Clock),
            Rollout.Clock
        );

    public async ValueTask DisposeAsync()
    {
        Channels.Dispose();
        await Mail.DisposeAsync();
        await Slack.DisposeAsync();
        await Sms.DisposeAsync();
        await Rollout.DisposeAsync();
    }

    private sealed class IdleLoop : ILoopStatus
    {
        public LoopStatus Now => new(0, 1, null);

        public InstallationFacts Installation => throw new NotSupportedException();
    }
}

/// <summary>Keeps what is logged, exceptions included.</summary>
internal sealed class KeptLog : ILogger<DeliverNotifications>
{
    public ConcurrentQueue<string> Lines { get; } = [];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    ) => Lines.Enqueue($"{formatter(state, exception)} {exception}");
}
