using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Monitoring.Analyst;

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
    IReadOnlyList<ProviderUse> Providers)
{
    /// <summary>Where the champions crowned in the period came from, most first.</summary>
    public IReadOnlyList<ChampionOrigin> Champions { get; init; } = [];
}

/// <summary>Champions of the whole rollout that one mode and template brought.</summary>
/// <param name="Template">Null for programs.</param>
/// <param name="BestSharpe">On the days they were chosen by.</param>
/// <param name="MeanHoldOut">Mean hold-out Sharpe of those that have one; null without any.</param>
public sealed record ChampionOrigin(GenerationMode Mode, string? Template, int Crowned, double BestSharpe, double? MeanHoldOut);

/// <param name="Share">Of the iterations that used any template.</param>
public sealed record TemplateUse(string Name, double Share, GroupFigures Figures);

/// <summary>Success by parameter value of one template.</summary>
/// <param name="Known">False for a template that this version of the library doesn't have; its values are then those seen.</param>
public sealed record ParameterHeat(string Template, bool Known, int N, IReadOnlyList<HeatRow> Rows);

public sealed record HeatRow(string Parameter, IReadOnlyList<HeatCell> Cells);

/// <param name="N">Iterations with that value; 0 for a grid value never tried.</param>
public sealed record HeatCell(string Value, int Successes, int N)
{
    public double? Share => N == 0 ? null : (double)Successes / N;
}

public sealed record FailureKindCount(string Kind, int Json, int FullCode)
{
    public int All => Json + FullCode;
}

/// <summary>Failures of one cause.</summary>
/// <param name="Share">Of all failures of the period.</param>
/// <param name="LatestNumber">Newest iteration that failed so.</param>
public sealed record FailureCluster(string Kind, string Signature, GenerationMode Mode, int Count, double Share, long LatestNumber, string? Example);

/// <summary>Cost and latency of one model.</summary>
/// <param name="Priced">Iterations whose price is known.</param>
/// <param name="CostUsd">Of the priced ones; null where no price is known.</param>
/// <param name="P95Milliseconds">Per iteration, over all its attempts.</param>
public sealed record ProviderUse(string Provider, string? Model, int N, int Priced, double? CostUsd, long InputTokens, long OutputTokens, int TokensKnown, double MeanMilliseconds, double P95Milliseconds);
