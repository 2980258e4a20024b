using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Monitoring.Analytics;

/// <summary>Champions of the whole rollout that one mode and template brought.</summary>
/// <param name="Template">Null for programs.</param>
/// <param name="BestSharpe">On the days they were chosen by.</param>
/// <param name="MeanHoldOut">Mean hold-out Sharpe of those that have one; null without any.</param>
public sealed record ChampionOrigin(
    GenerationMode Mode,
    string? Template,
    int Crowned,
    double BestSharpe,
    double? MeanHoldOut
);
