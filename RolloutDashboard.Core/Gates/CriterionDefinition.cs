namespace RolloutDashboard.Core.Gates;

/// <summary>One criterion of a gate as data.</summary>
/// <param name="Key">Key of a criterion, one of <see cref="CriterionList"/>.</param>
/// <param name="Target">The number to reach; null where the criterion has none.</param>
/// <param name="MinimumSamples">Samples below which the criterion is inconclusive.</param>
public sealed record CriterionDefinition(
    string Key,
    double? Target = null,
    int MinimumSamples = 0,
    bool Enabled = true
);
