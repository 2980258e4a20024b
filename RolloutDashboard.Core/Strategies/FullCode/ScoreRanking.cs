namespace RolloutDashboard.Core.Strategies.FullCode;

/// <summary>From scores to picks: ours to decide, not the program's.</summary>
public static class ScoreRanking
{
    /// <summary>Indices of the highest scores, best first; equal scores by the smaller index.</summary>
    /// <param name="scores">One per stock; what is not finite is not eligible.</param>
    /// <param name="prices">Closes of the same day; a stock without a price is not eligible.</param>
    public static int[] Pick(ReadOnlySpan<double> scores, ReadOnlySpan<double> prices, int count)
    {
        var keys = new double[scores.Length];
        var stocks = new int[scores.Length];
        var eligible = 0;
        for (var stock = 0; stock < scores.Length; stock++)
        {
            if (double.IsFinite(scores[stock]) && prices[stock] > 0)
            {
                keys[eligible] = scores[stock];
                stocks[eligible++] = stock;
            }
        }

        Array.Resize(ref stocks, eligible);
        var scoreOf = scores.ToArray();
        Array.Sort(stocks, (left, right) =>
            scoreOf[right].CompareTo(scoreOf[left]) is var order and not 0 ? order : left.CompareTo(right)
        );
        return stocks[..Math.Min(count, eligible)];
    }
}
