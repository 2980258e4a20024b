namespace RolloutDashboard.StrategyApi;

/// <summary>How often a strategy is asked for scores.</summary>
public enum Frequency
{
    /// <summary>On the last trading day of each week.</summary>
    Weekly,

    /// <summary>On the last trading day of each month.</summary>
    Monthly,

    /// <summary>On the last trading day of each quarter.</summary>
    Quarterly,
}
