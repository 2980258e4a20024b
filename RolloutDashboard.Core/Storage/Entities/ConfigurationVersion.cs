using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Storage.Entities;

/// <summary>A configuration version: the flags an iteration ran under. Never changed, only followed by
/// another.</summary>
public sealed class ConfigurationVersion
{
    public int Id { get; set; }

    public int RolloutId { get; set; }

    public RolloutEnvironment Environment { get; set; }

    /// <summary>1, 2, 3 ... in its rollout, over both environments.</summary>
    public int Number { get; set; }

    public Stage Stage { get; set; }

    /// <summary>The flags under their snake-case names.</summary>
    public required string ValuesJson { get; set; }

    /// <summary>Market data, engine, prompts and providers in force; a change of any starts a new version and with it a
    /// new segment.</summary>
    public string? Basis { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public required string Actor { get; set; }

    public required string Reason { get; set; }
}
