using MudBlazor;
using RolloutDashboard.Components.Formatting;
using RolloutDashboard.Core.Notifications;
using RolloutDashboard.Core.Notifications.AlertList;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Components.Alerts;

/// <summary>Channels and lists of alerts as shapes and words.</summary>
public static class AlertPresentation
{
    public static StatusPresentation Of(ChannelHealth health) =>
        health switch
        {
            ChannelHealth.Working => new(Icons.Material.Filled.CheckCircle, "working", "good"),
            ChannelHealth.Failing => new(Icons.Material.Filled.ReportProblem, "failing", "bad"),
            ChannelHealth.Untried => new(Icons.Material.Outlined.RadioButtonUnchecked, "not tried yet", "info"),
            _ => new(Icons.Material.Outlined.NotificationsOff, "not configured", "quiet"),
        };

    /// <summary>"warning and above, #rollout": which alerts a channel is told of, and where.</summary>
    public static string Reach(ChannelState channel) =>
        (
            channel.From switch
            {
                AlertSeverity.Info => "every alert",
                AlertSeverity.Emergency => "emergencies",
                var least => $"{least.ToString().ToLowerInvariant()} and above",
            }
        ) + (channel.Target.Length > 0 ? $", {channel.Target}" : "");

    public static string Word(AlertListKind kind) =>
        kind switch
        {
            AlertListKind.Open => "Open",
            AlertListKind.Acknowledged => "Acknowledged",
            AlertListKind.Silenced => "Silenced",
            _ => "History",
        };

    public static string Empty(AlertListKind kind) =>
        kind switch
        {
            AlertListKind.Open => "No alert is open. Rules are judged every two seconds and after each iteration.",
            AlertListKind.Acknowledged => "No open alert is acknowledged.",
            AlertListKind.Silenced => "No alert is silenced.",
            _ => "No alert has ended yet.",
        };
}
