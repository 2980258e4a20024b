using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Storage.Entities;

/// <summary>One message for one channel: written with the alert it tells of, sent later by the notification
/// sender.</summary>
public sealed class Notification
{
    public long Id { get; set; }

    public int RolloutId { get; set; }

    /// <summary>Names the message for its receiver: the same one sent twice has the same key.</summary>
    public required string Key { get; set; }

    /// <summary>Name of the channel, for example "slack".</summary>
    public required string Channel { get; set; }

    /// <summary>Null for a test.</summary>
    public long? AlertId { get; set; }

    public AlertRecord? Alert { get; set; }

    public required string Rule { get; set; }

    public AlertPhase Phase { get; set; }

    public AlertSeverity Severity { get; set; }

    public required string Text { get; set; }

    public bool IsTest { get; set; }

    /// <summary>Who asked for the test.</summary>
    public string? Actor { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Not tried before.</summary>
    public DateTimeOffset DueAt { get; set; }

    public int Attempts { get; set; }

    public DateTimeOffset? LastAttemptAt { get; set; }

    /// <summary>What the last attempt failed of, without secrets; null after a success.</summary>
    public string? LastError { get; set; }

    public DateTimeOffset? SentAt { get; set; }

    /// <summary>When it was tried for so long that nobody is served by it any more.</summary>
    public DateTimeOffset? GivenUpAt { get; set; }

    /// <summary>A person silenced the alert; the message is kept and never sent.</summary>
    public bool Silenced { get; set; }
}
