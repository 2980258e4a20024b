using RolloutDashboard.Core.Configuration;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Benchmarks.Seed;

/// <summary>One visit to a stage in the seeded history.</summary>
/// <param name="Share">Part of all iterations, 0 to 1.</param>
/// <param name="Outcome">As <see cref="Core.Storage.Entities.StageAttempt.Outcome"/>; null for the running one.</param>
internal sealed record SeedVisit(
    Stage Stage,
    int Attempt,
    int ConfigurationNumber,
    double Share,
    string? Outcome,
    StageConfiguration Configuration
);
