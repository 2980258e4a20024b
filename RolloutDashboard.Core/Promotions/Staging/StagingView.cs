using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Promotions.Staging;

/// <summary>A validation run as pages show it.</summary>
/// <param name="Ended">Iterations that ended.</param>
/// <param name="JsonEnded">Of these, assigned to JSON.</param>
/// <param name="JsonSucceeded">Of these, at Level 3.</param>
public sealed record StagingView(
    long Id,
    StagingPurpose Purpose,
    Stage Stage,
    int ConfigurationNumber,
    int Wanted,
    int Ended,
    int JsonEnded,
    int JsonSucceeded,
    StagingState State,
    DateTimeOffset StartedAt,
    DateTimeOffset? EndedAt,
    string Actor,
    string? Outcome
);
