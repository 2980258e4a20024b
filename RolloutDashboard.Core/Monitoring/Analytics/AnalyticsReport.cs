using RolloutDashboard.Core.Monitoring.Aggregation;
using RolloutDashboard.Core.Monitoring.Series;

namespace RolloutDashboard.Core.Monitoring.Analytics;

/// <summary>A period in figures.</summary>
/// <param name="Step">Width of the trend's points: an hour, a day, or more days for long periods.</param>
/// <param name="Templates">Most used first.</param>
/// <param name="Heat">Null where no template was used.</param>
public sealed record AnalyticsReport(
    int Iterations,
    TimeSpan Step,
    IReadOnlyList<SeriesPoint> Trend,
    IReadOnlyList<ChartMark> Marks,
    GroupFigures Json,
    GroupFigures FullCode,
    IReadOnlyList<TemplateUse> Templates,
    ParameterHeat? Heat,
    IReadOnlyList<FailureKindCount> FailureKinds,
    IReadOnlyList<FailureCluster> Failures,
    IReadOnlyList<ProviderUse> Providers
)
{
    /// <summary>Where the champions crowned in the period came from, most first.</summary>
    public IReadOnlyList<ChampionOrigin> Champions { get; init; } = [];
}
