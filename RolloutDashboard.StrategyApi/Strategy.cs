namespace RolloutDashboard.StrategyApi;

/// <summary>
/// A stock-picking strategy. On each rebalance day it scores all stocks with what is known at that day's close;
/// the stocks with the highest scores are bought on the next day, with equal weights.
/// </summary>
public abstract class Strategy
{
    /// <summary>How often to choose anew. Default: Monthly.</summary>
    public virtual Frequency Rebalance => Frequency.Monthly;

    /// <summary>Trading days to wait after the end of the period, 0 to 20. Default: 0.</summary>
    public virtual int RebalanceOffset => 0;

    /// <summary>How many stocks to hold, 1 to 100. Default: 10.</summary>
    public virtual int Count => 10;

    /// <summary>Sell a stock that is this share below its entry price, above 0 and below 1 (0.1 = 10 %). Default: null,
    /// none.</summary>
    public virtual double? StopLoss => null;

    /// <summary>Sell a stock that is this share above its entry price, above 0 (0.3 = 30 %). Default: null,
    /// none.</summary>
    public virtual double? TakeProfit => null;

    /// <summary>Largest weight of one stock, above 0 and up to 1. Default: 1.</summary>
    public virtual double PositionLimit => 1;

    /// <summary>
    /// Scores all stocks; called on rebalance days only, in order of time.
    /// </summary>
    /// <param name="market">Everything known up to today's close.</param>
    /// <param name="scores">One entry per stock, NaN at first. Higher is better; a stock left NaN or infinite is not
    /// bought.</param>
    public abstract void Score(MarketHistory market, Span<double> scores);
}
