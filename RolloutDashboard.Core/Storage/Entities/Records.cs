using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Storage.Entities;

/// <summary>An entry of the append-only decision chain.</summary>
public sealed class DecisionRecord
{
    /// <summary>1, 2, 3 ...</summary>
    public long Sequence { get; set; }

    public DateTimeOffset At { get; set; }

    public int RolloutId { get; set; }

    /// <summary>"rollout-opened", "rollback", "loop-started", "promotion" ...</summary>
    public required string Kind { get; set; }

    /// <summary>User name, or "system".</summary>
    public required string Actor { get; set; }

    /// <summary>What was done, in one sentence.</summary>
    public required string Text { get; set; }

    public string? Reason { get; set; }

    /// <summary>What it was based on.</summary>
    public required string InputsJson { get; set; }

    public required string PreviousHash { get; set; }

    public required string Hash { get; set; }
}

/// <summary>How far a rollback has come.</summary>
public enum RollbackState
{
    Stopped = 0,
    Verified = 1,

    /// <summary>A resume came before the verification was complete.</summary>
    Ended = 2,
}

/// <summary>A rollback procedure.</summary>
public sealed class Rollback
{
    /// <summary>Kind of one that a drill makes in staging. Queries leave these out; <see cref="RolloutDb.RollbacksIn"/> reads them.</summary>
    public const string Drill = "drill";

    public long Id { get; set; }

    public int RolloutId { get; set; }

    /// <summary>"immediate", "emergency" or <see cref="Drill"/>.</summary>
    public required string Kind { get; set; }

    public required string Actor { get; set; }

    public required string Reason { get; set; }

    public DateTimeOffset RequestedAt { get; set; }

    public RollbackState State { get; set; }

    public DateTimeOffset? StoppedAt { get; set; }

    public DateTimeOffset? VerifiedAt { get; set; }

    /// <summary>Highest number claimed when the stop was committed; verification looks behind it.</summary>
    public long LastNumberBefore { get; set; }

    public List<RollbackStep> Steps { get; set; } = [];
}

/// <summary>One step of a rollback, with its proof.</summary>
public sealed class RollbackStep
{
    public long Id { get; set; }

    public long RollbackId { get; set; }

    public int Order { get; set; }

    public required string Name { get; set; }

    /// <summary>"done", "waiting" or "failed".</summary>
    public required string State { get; set; }

    public DateTimeOffset? At { get; set; }

    public required string Text { get; set; }
}

/// <summary>One life of the process: what up-time and crash detection rest on.</summary>
public sealed class ProcessSession
{
    public long Id { get; set; }

    public DateTimeOffset StartedAt { get; set; }

    public DateTimeOffset LastHeartbeatAt { get; set; }

    /// <summary>Set by a clean stop only.</summary>
    public DateTimeOffset? StoppedAt { get; set; }

    /// <summary>Whether a later start has found it without a clean stop.</summary>
    public bool EndedUncleanly { get; set; }

    public int ProcessId { get; set; }

    public required string Host { get; set; }

    public required string Version { get; set; }
}

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
