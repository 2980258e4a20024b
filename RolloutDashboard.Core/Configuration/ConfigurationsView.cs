using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Configuration;

/// <param name="Versions">Latest first.</param>
public sealed record ConfigurationsView(
    long StateVersion,
    Stage Stage,
    ConfigurationView InForce,
    IReadOnlyList<ConfigurationView> Versions
);
