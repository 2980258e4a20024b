namespace RolloutDashboard.Core.Backtesting.Positions;

/// <summary>How often a strategy chooses anew.</summary>
public enum Resample
{
    /// <summary>By ISO week, after the week's last trading day; an offset of k days waits k trading days
    /// longer.</summary>
    Weekly,

    /// <summary>By calendar month, likewise.</summary>
    Monthly,

    /// <summary>By calendar quarter, likewise.</summary>
    Quarterly,
}
