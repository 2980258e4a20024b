using System.Globalization;
using RolloutDashboard.Core.Alerts;
using RolloutDashboard.Core.Faults;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Notifications;

/// <summary>One change of an alert, or a test of a channel, in the words that every channel sends: the short ones for a
/// telephone, subject and body for mail and chat.</summary>
/// <param name="Key">The same when a message is sent twice.</param>
/// <param name="Rollout">The rollout's name.</param>
/// <param name="Rule">Stable name of the alert rule.</param>
/// <param name="RuleName">The rule's name for people.</param>
/// <param name="Text">The alert's sentence.</param>
/// <param name="At">When the alert changed, not when the message is sent.</param>
/// <param name="IsTest">Whether a person asked for it, and nothing is wrong.</param>
/// <param name="Link">Null without a public address.</param>
public sealed record NotificationMessage(
    string Key,
    string Rollout,
    string Rule,
    string RuleName,
    AlertPhase Phase,
    AlertSeverity Severity,
    string Text,
    DateTimeOffset At,
    bool IsTest,
    Uri? Link
)
{
    /// <summary>One line, severity first.</summary>
    public string Subject =>
        IsTest ? $"[Test] RolloutDashboard {Rollout}: this channel works"
        : Phase == AlertPhase.Resolved ? $"[Resolved] {RuleName} – {Rollout}"
        : $"[{Severity}] {RuleName} – {Rollout}";

    /// <summary>All there is to say, for mail and chat.</summary>
    public string Body => string.Join('\n', Lines());

    /// <summary>For a telephone: severity, rule, figures, link; at most 300 characters before the link.</summary>
    public string Short
    {
        get
        {
            var text = IsTest ? Subject : $"{Subject}: {Text}";
            return (text.Length > 300 ? text[..299] + "…" : text) + (Link is null ? "" : $" {Link}");
        }
    }

    public static NotificationMessage Of(Notification row, string rollout, Uri? publicUrl) =>
        new(
            row.Key,
            rollout,
            row.Rule,
            NameOf(row.Rule),
            row.Phase,
            row.Severity,
            row.Text,
            row.CreatedAt,
            row.IsTest,
            publicUrl is null ? null : new Uri(publicUrl, PageOf(row))
        );

    // The page's list of open alerts, or its history once the alert is over; a test has no alert of its own.
    private static string PageOf(Notification row) =>
        row.IsTest
            ? "/alerts"
            : $"/alerts?{(row.Phase == AlertPhase.Resolved ? "list=history&" : "")}rule={Uri.EscapeDataString(row.Rule)}";

    /// <summary>The rule's name for people; the key of an unknown one.</summary>
    public static string NameOf(string rule) =>
        rule switch
        {
            AlertNames.RolledBack => "JSON mode rolled back",
            AlertNames.SelfTest => "Test",
            AlertNames.JudgementFails => "Nothing is judged",
            _ when FaultSources.NameOf(rule) is { } fault => fault,
            _ => AlertRuleList.All.FirstOrDefault(known => known.Key == rule)?.Name ?? rule,
        };

    private IEnumerable<string> Lines()
    {
        yield return Text;
        yield return "";
        yield return $"Rule: {RuleName} ({Rule})";
        yield return $"Severity: {Severity}";
        yield return $"State: {(IsTest ? "test, nothing is wrong" : Phase == AlertPhase.Resolved ? "resolved" : "firing")}";
        yield return string.Create(CultureInfo.InvariantCulture, $"At: {At.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC");
        yield return $"Rollout: {Rollout}";
        if (Link is not null)
        {
            yield return $"Page: {Link}";
        }

        yield return $"Message: {Key}";
    }
}
