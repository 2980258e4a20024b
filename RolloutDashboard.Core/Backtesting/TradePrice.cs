namespace RolloutDashboard.Core.Backtesting;

/// <summary>The price at which a choice is carried out on the day after its signal.</summary>
public enum TradePrice
{
    Close,
    Open,
}
