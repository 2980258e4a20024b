using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Storage.Entities;

/// <summary>A warning or error that a person should see.</summary>
public sealed class EventRecord
{
    public long Id { get; set; }

    public int RolloutId { get; set; }

    public DateTimeOffset At { get; set; }

    public AlertSeverity Severity { get; set; }

    public required string Source { get; set; }

    public required string Text { get; set; }

    public long? IterationNumber { get; set; }
}
