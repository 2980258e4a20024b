namespace RolloutDashboard.Core.Storage.Entities;

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
