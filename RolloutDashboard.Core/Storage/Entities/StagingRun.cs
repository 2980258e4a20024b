using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Storage.Entities;

/// <summary>A validation run in staging. Its iterations are those of environment Staging under its configuration
/// number.</summary>
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
