using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Monitoring.Analytics;

/// <summary>Failures of one cause.</summary>
/// <param name="Share">Of all failures of the period.</param>
/// <param name="LatestNumber">Newest iteration that failed so.</param>
public sealed record FailureCluster(
    string Kind,
    string Signature,
    GenerationMode Mode,
    int Count,
    double Share,
    long LatestNumber,
    string? Example
);
