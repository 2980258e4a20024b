namespace RolloutDashboard.Core.Monitoring.Overfitting;

/// <summary>How much of the reigning champion's Sharpe ratio the choice among all trials explains by itself.</summary>
/// <param name="Sharpe">Yearly, on the visible days.</param>
/// <param name="LuckSharpe">Yearly Sharpe ratio that the best of as many worthless trials reaches on average; null
/// where
/// fewer than two trials have one.</param>
/// <param name="Deflated">Deflated Sharpe ratio over all trials of now, failed ones counted.</param>
/// <param name="DeflatedIndependent">The same over as many independent trials as the correlation leaves.</param>
public sealed record ChampionSelection(
    long IterationNumber,
    string? Fingerprint,
    double Sharpe,
    double? LuckSharpe,
    double? Deflated,
    double? DeflatedIndependent
)
{
    /// <summary>Share of the Sharpe ratio that luck alone would have brought, 0 or more; 1 and more is all of
    /// it.</summary>
    public double? LuckShare => LuckSharpe is { } luck && Sharpe > 0 ? luck / Sharpe : null;
}
