using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Storage.Entities;

/// <summary>Business objectives of a stage signed off by a person.</summary>
public sealed class BusinessSignOff
{
    public long Id { get; set; }

    public int RolloutId { get; set; }

    public Stage Stage { get; set; }

    public int Attempt { get; set; }

    public required string UserId { get; set; }

    /// <summary>The name that the person signed with.</summary>
    public required string Name { get; set; }

    /// <summary>What the person states.</summary>
    public required string Statement { get; set; }

    public DateTimeOffset At { get; set; }

    public DateTimeOffset? WithdrawnAt { get; set; }

    public string? WithdrawnBy { get; set; }
}
