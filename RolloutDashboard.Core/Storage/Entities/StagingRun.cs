using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Storage.Entities;

/// <summary>What a validation run is to open the way for.</summary>
public enum StagingPurpose
{
    /// <summary>The next stage's configuration, before a promotion.</summary>
    Promotion = 0,

    /// <summary>The same stage's configuration, before a resume after a rollback.</summary>
    Resume = 1,

    /// <summary>A drill of the immediate rollback; says nothing about a configuration.</summary>
    Drill = 2,
}

/// <summary>How a validation run stands.</summary>
public enum StagingState
{
    Running = 0,
    Passed = 1,
    Failed = 2,

    /// <summary>Ended by a person or by a rollback; says nothing about the configuration.</summary>
    Cancelled = 3,
}

/// <summary>A validation run in staging. Its iterations are those of environment Staging under its configuration number.</summary>
public sealed class StagingRun
{
    public long Id { get; set; }

    public int RolloutId { get; set; }

    public StagingPurpose Purpose { get; set; }

    /// <summary>The stage whose configuration is validated.</summary>
    public Stage Stage { get; set; }

    /// <summary>The configuration version made for this run alone.</summary>
    public int ConfigurationNumber { get; set; }

    public required string ConfigurationJson { get; set; }

    /// <summary>Iterations that must end.</summary>
    public int Wanted { get; set; }

    public StagingState State { get; set; }

    public DateTimeOffset StartedAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    public required string Actor { get; set; }

    /// <summary>Why it passed, failed or was cancelled, in one sentence.</summary>
    public string? Outcome { get; set; }
}
