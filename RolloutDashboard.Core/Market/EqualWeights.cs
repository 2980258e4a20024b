namespace RolloutDashboard.Core.Market;

/// <summary>Holding the market: every stock equally, rebalanced daily and without costs.</summary>
public static class EqualWeights
{
    /// <summary>Mean return of the stocks with a price on this day and the one before; 0 without any.</summary>
    /// <param name="day">1 or later.</param>
    public static double Return(MarketPanel panel, int day)
    {
        var today = panel.KnownDay(panel.PriceField, day);
        var before = panel.KnownDay(panel.PriceField, day - 1);
        var (sum, count) = (0.0, 0);
        for (var stock = 0; stock < today.Length; stock++)
        {
            var change = (today[stock] / before[stock]) - 1;
            if (double.IsFinite(change))
            {
                sum += change;
                count++;
            }
        }

        return count == 0 ? 0 : sum / count;
    }
}
