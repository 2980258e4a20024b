using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Storage.Entities.Evidence;

/// <summary>A champion, from its crowning on; the latest of a scope reigns.</summary>
public sealed class Champion
{
    public long Id { get; set; }

    public int RolloutId { get; set; }

    public RolloutEnvironment Environment { get; set; }

    public ChampionScope Scope { get; set; }

    public long IterationId { get; set; }

    public long IterationNumber { get; set; }

    public GenerationMode Mode { get; set; }

    public string? TemplateName { get; set; }

    public string? ParametersJson { get; set; }

    public double SharpeRatio { get; set; }

    public double? CalmarRatio { get; set; }

    public double? MaxDrawdown { get; set; }

    public double? TotalReturn { get; set; }

    /// <summary>On the days nobody chose by.</summary>
    public double? HoldOutSharpe { get; set; }

    /// <summary>Probability that the true Sharpe is above 0, given how many were tried.</summary>
    public double? DeflatedSharpe { get; set; }

    /// <summary>Strategies tried in both modes up to then.</summary>
    public int Trials { get; set; }

    public DateTimeOffset CrownedAt { get; set; }
}
