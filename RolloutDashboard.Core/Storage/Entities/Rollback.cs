using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Storage.Entities;

/// <summary>A rollback procedure.</summary>
public sealed class Rollback
{
    /// <summary>Kind of one that a drill makes in staging. Queries leave these out; <see cref="RolloutDb.RollbacksIn"/>
    /// reads them.</summary>
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
