using System.Security.Claims;
using RolloutDashboard.Commands;
using RolloutDashboard.Core.Notifications;
using RolloutDashboard.Core.Notifications.AlertList;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Tests.Support;

/// <summary>Alerts as the page sees them; a test sets what there is.</summary>
public sealed class ScriptedAlerts : IAlertQueries, IAlertCommands
{
    public List<AlertLine> Lines { get; } = [];

    public List<AlertFilter> Asked { get; } = [];

    public List<string> Commands { get; } = [];

    public List<DateTimeOffset?> Silences { get; } = [];

    public CommandResult Answer { get; set; } = new(true, "Acknowledged; the others see that it is yours.");

    public static IReadOnlyList<ChannelState> Channels { get; } =
    [
        new ChannelState(
            "dashboard",
            "Dashboard",
            null,
            AlertSeverity.Info,
            "every open page",
            ChannelHealth.Working,
            Scripted.Start,
            null,
            null,
            0,
            null
        ),
        new ChannelState(
            "email",
            "E-mail",
            "Email",
            AlertSeverity.Critical,
            "oncall@example.org by mail:587",
            ChannelHealth.Failing,
            null,
            "Connection refused",
            Scripted.Start,
            2,
            Scripted.Start
        ),
        new ChannelState(
            "sms",
            "SMS",
            "Sms",
            AlertSeverity.Emergency,
            "",
            ChannelHealth.NotConfigured,
            null,
            null,
            null,
            0,
            null
        ),
    ];

    public static AlertLine Line(long id, string? acknowledgedBy = null) =>
        new(
            id,
            "success-critical",
            "JSON success rate",
            AlertSeverity.Critical,
            AlertPhase.Firing,
            "JSON success rate 45 % of 20 (24 h), limit 50 %.",
            Scripted.Start,
            null,
            acknowledgedBy is null ? null : Scripted.Start,
            acknowledgedBy,
            null,
            ["Dashboard: told", "E-mail: failing (2 tries)"]
        );

    public Task<AlertSlice> PageAsync(AlertFilter filter, CancellationToken cancellationToken)
    {
        Asked.Add(filter);
        return Task.FromResult(
            new AlertSlice(
                [.. Lines],
                Lines.Count,
                Enum.GetValues<AlertListKind>().ToDictionary(kind => kind, _ => Lines.Count),
                Channels
            )
        );
    }

    public Task<CommandResult> AcknowledgeAsync(long alertId, ClaimsPrincipal user, CancellationToken ct) =>
        Do($"acknowledge {alertId}");

    public Task<CommandResult> SilenceAsync(
        long alertId,
        DateTimeOffset? until,
        ClaimsPrincipal user,
        CancellationToken ct
    )
    {
        Silences.Add(until);
        return Do($"silence {alertId}");
    }

    public Task<CommandResult> SendTestAsync(string channel, ClaimsPrincipal user, CancellationToken ct) =>
        Do($"test {channel}");

    private Task<CommandResult> Do(string command)
    {
        Commands.Add(command);
        return Task.FromResult(Answer);
    }
}
