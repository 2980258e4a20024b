using System.ComponentModel.DataAnnotations.Schema;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Storage.Entities;

/// <summary>A rollout and its state; every transition but the stop starts from the version that the person
/// saw.</summary>
public sealed class Rollout
{
    public int Id { get; set; }

    public required string Name { get; set; }

    public bool IsDemo { get; set; }

    /// <summary>Seeds allocation and request stream.</summary>
    public required string Salt { get; set; }

    public Stage Stage { get; set; }

    /// <summary>1-based attempt at the stage.</summary>
    public int Attempt { get; set; }

    public RolloutPhase Phase { get; set; }

    /// <summary>Why the phase is what it is, in one sentence.</summary>
    public string? PhaseReason { get; set; }

    [Column("LoopWish")]
    public DesiredLoopState DesiredLoopState { get; set; }

    /// <summary>Number of the production configuration in force.</summary>
    public int ConfigurationNumber { get; set; }

    /// <summary>Goes up with every transition; iterations leave it alone.</summary>
    public long StateVersion { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset StageStartedAt { get; set; }

    public DateTimeOffset AttemptStartedAt { get; set; }

    /// <summary>Latest resume; no alert window reaches behind it.</summary>
    public DateTimeOffset? ResumedAt { get; set; }
}
