namespace RolloutDashboard.Core.Storage.Entities;

/// <summary>Next free number of an environment, and next free slots of block allocation.</summary>
public sealed class IterationCounter
{
    public int RolloutId { get; set; }

    /// <summary>"Production" or "Production/3/Freeform": numbers, or slots of a configuration and source.</summary>
    public required string Name { get; set; }

    public long Next { get; set; }
}
