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
