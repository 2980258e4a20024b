using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Monitoring.Search;

/// <param name="Number">Number of the iteration, or sequence of the decision.</param>
public sealed record SearchHit(
    SearchKind Kind,
    long Number,
    RolloutEnvironment Environment,
    string Title,
    string Detail
);
