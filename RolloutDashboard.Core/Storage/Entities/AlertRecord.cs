using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Storage.Entities;

/// <summary>An alert from its first sign to its end.</summary>
public sealed class AlertRecord
{
    public long Id { get; set; }

    public int RolloutId { get; set; }

    public required string Rule { get; set; }

    public AlertSeverity Severity { get; set; }

    public AlertPhase Phase { get; set; }

    /// <summary>Whether it is the rule's latest; earlier ones are history.</summary>
    public bool IsCurrent { get; set; }

    public required string Text { get; set; }

    public DateTimeOffset Since { get; set; }

    public DateTimeOffset? FiredAt { get; set; }

    public DateTimeOffset? ResolvedAt { get; set; }

    public DateTimeOffset? AcknowledgedAt { get; set; }

    public string? AcknowledgedBy { get; set; }

    /// <summary>No message goes out before.</summary>
    public DateTimeOffset? SilencedUntil { get; set; }
}
