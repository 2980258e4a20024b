namespace RolloutDashboard.Core.Storage.Entities;

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
