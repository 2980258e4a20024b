using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Storage.Entities.Evidence;

/// <summary>
/// A chain of iterations of one arm that see one another's feedback and best strategy, and nothing of other chains.
/// Mutations belong to none.
/// </summary>
public sealed class Lineage
{
    public long Id { get; set; }

    public int RolloutId { get; set; }

    public RolloutEnvironment Environment { get; set; }

    /// <summary>The arm: the mode that its iterations were assigned.</summary>
    public GenerationMode Mode { get; set; }

    /// <summary>1, 2, 3 ... of its arm and environment, in the order in which they began.</summary>
    public int Ordinal { get; set; }

    /// <summary>The segment that it began in; an endless one goes on through others.</summary>
    public string Segment { get; set; } = "";

    /// <summary>The stage that it began in.</summary>
    public Stage Stage { get; set; }

    /// <summary>The attempt at that stage that it began in.</summary>
    public int Attempt { get; set; }

    /// <summary>The process that works on it; 0 for one made of records that are older than lineages.</summary>
    public long SessionId { get; set; }

    /// <summary>The worker of that process that works on it, from 0.</summary>
    public int Worker { get; set; }

    public DateTimeOffset StartedAt { get; set; }

    /// <summary>Null while it is open.</summary>
    public DateTimeOffset? ClosedAt { get; set; }

    /// <summary>Why it was closed; null while it is open.</summary>
    public LineageEnd? End { get; set; }

    /// <summary>Iterations that it is to have; 0 means that it is endless.</summary>
    public int PlannedLength { get; set; }

    /// <summary>Iterations that were claimed for it, whatever became of them.</summary>
    public int Count { get; set; }

    /// <summary>Whether it goes on through segments, attempts and processes for ever.</summary>
    public bool IsEndless => PlannedLength == 0;

    /// <summary>Whether all of its places are given out; it closes when the last iteration ends.</summary>
    public bool IsFull => !IsEndless && Count >= PlannedLength;

    public void Close(LineageEnd end, DateTimeOffset at) => (End, ClosedAt) = (end, at);
}
