using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Monitoring.Champions;

public sealed record ChampionEntry(
    long IterationNumber,
    GenerationMode Mode,
    string? TemplateName,
    double SharpeRatio,
    double? HoldOutSharpe,
    double? DeflatedSharpe,
    int Trials,
    double? CalmarRatio,
    double? MaxDrawdown,
    int AgeIterations,
    DateTimeOffset CrownedAt
);
