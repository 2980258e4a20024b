namespace RolloutDashboard.Core.Storage.Entities;

/// <summary>A version of the gates: targets, minimum samples and limits. Never changed, only followed by
/// another.</summary>
public sealed class GateDefinitionVersion
{
    public int Id { get; set; }

    public int RolloutId { get; set; }

    /// <summary>From 2 on; version 1 is the plan's.</summary>
    public int Number { get; set; }

    public required string ValuesJson { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public required string Actor { get; set; }

    public required string Reason { get; set; }
}
