using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Configuration;

/// <summary>A configuration version with what it changed against the production version before it.</summary>
public sealed record ConfigurationView(
    int Number,
    RolloutEnvironment Environment,
    Stage Stage,
    bool InForce,
    DateTimeOffset CreatedAt,
    string Actor,
    string Reason,
    string? Basis,
    StageConfiguration Configuration,
    IReadOnlyList<FlagChange> Changes
);
