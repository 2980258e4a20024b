using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Monitoring.Overfitting;

/// <summary>What all trials of a rollout together say about its best one, on the visible days alone.</summary>
public sealed record SearchOverfitting
{
    public required int RolloutId { get; init; }

    public required RolloutEnvironment Environment { get; init; }

    public required DateTimeOffset MeasuredAt { get; init; }

    /// <summary>Highest iteration number when it was measured.</summary>
    public required long UpToNumber { get; init; }

    public required TrialCounts Counts { get; init; }

    public TimeSpan Took { get; init; }

    /// <summary>Null where nobody reigns.</summary>
    public ChampionSelection? Champion { get; init; }

    /// <summary>Probability of backtest overfitting (CSCV), 0 to 1; null with too few strategies or days.</summary>
    public double? BacktestOverfitting { get; init; }

    /// <summary>Null with too few strategies or days.</summary>
    public MarketTest? Market { get; init; }

    /// <summary>Mean correlation of the strategies' daily returns.</summary>
    public double? AverageCorrelation { get; init; }

    /// <summary>Independent trials that all of them amount to by that correlation.</summary>
    public double? IndependentTrials { get; init; }

    /// <summary>Each strategy against the market, by fingerprint.</summary>
    public IReadOnlyDictionary<string, TrialStanding> Standings { get; init; } =
        new Dictionary<string, TrialStanding>();

    /// <summary>Strategies that beat holding the market by more than luck explains.</summary>
    public int Survivors => Standings.Values.Count(standing => standing.BeatsMarket);

    /// <summary>How a strategy stands; null where its daily returns can't be compared.</summary>
    public TrialStanding? Of(string? fingerprint) =>
        fingerprint is null ? null : Standings.GetValueOrDefault(fingerprint);
}
