namespace RolloutDashboard.Core.Market;

/// <summary>How much of a market's prices is carried forward; counted in days of one stock.</summary>
/// <param name="Carried">Days without a price on which the last one is carried.</param>
/// <param name="Missing">Days in the middle of a listing that are too long after the last price, and stay without
/// one.</param>
/// <param name="Stocks">Stocks with either.</param>
public readonly record struct GapTotals(int Carried, int Missing, int Stocks);
