namespace RolloutDashboard.Core.Statistics.Overfitting;

/// <summary>Probability of backtest overfitting by combinatorially symmetric cross-validation (Bailey, Borwein, Lopez
/// de Prado, Zhu 2017).</summary>
public static class BacktestOverfitting
{
    private const int FewestBlocks = 2;
    private const int MostBlocks = 20;

    /// <summary>
    /// Splits the days into even blocks; for each choice of half of them takes the trial with the best Sharpe ratio
    /// inside and looks at its rank outside. The result is the share of choices with ln(w / (1 - w)) at most 0, w =
    /// rank / (N + 1).
    /// </summary>
    /// <param name="returns">Rows of equal length: one row a day, one return per trial.</param>
    /// <param name="blocks">Even, 2 to 20; 8 to 16 is usual. Days that do not fill a block are left out at the
    /// end.</param>
    /// <returns>0 to 1; null with fewer than two trials or fewer than two days a block.</returns>
    /// <exception cref="ArgumentException">Blocks is odd or out of range, or the rows differ in length.</exception>
    public static double? Probability(IReadOnlyList<IReadOnlyList<double>> returns, int blocks)
    {
        if (blocks is < FewestBlocks or > MostBlocks || blocks % 2 != 0)
        {
            throw new ArgumentException(
                $"Blocks must be even, {FewestBlocks} to {MostBlocks}; {blocks} is not.",
                nameof(blocks)
            );
        }

        var trials = returns.Count == 0 ? 0 : returns[0].Count;
        var size = returns.Count / blocks;
        if (trials < 2 || size < 2)
        {
            return null;
        }

        if (returns.Any(row => row.Count != trials))
        {
            throw new ArgumentException("Every day needs one return per trial.", nameof(returns));
        }

        var sums = BlockSums(returns, blocks, size, trials);
        int choices = 0,
            overfit = 0;
        for (var mask = 0; mask < 1 << blocks; mask++)
        {
            if (System.Numerics.BitOperations.PopCount((uint)mask) == blocks / 2)
            {
                choices++;
                overfit += IsOverfit(sums, mask, blocks, size, trials) ? 1 : 0;
            }
        }

        return (double)overfit / choices;
    }

    private static bool IsOverfit((double Sum, double Squares)[,] sums, int inside, int blocks, int size, int trials)
    {
        var within = Sharpes(sums, inside, blocks, size, trials);
        var outside = Sharpes(sums, ~inside, blocks, size, trials);
        var best = Array.IndexOf(within, within.Max());
        var below = outside.Count(sharpe => sharpe < outside[best]);
        var equal = outside.Count(sharpe => sharpe == outside[best]);
        var rank = below + ((equal + 1) / 2d);
        var share = rank / (trials + 1);
        return Math.Log(share / (1 - share)) <= 0;
    }

    private static double[] Sharpes((double Sum, double Squares)[,] sums, int mask, int blocks, int size, int trials)
    {
        var days = size * blocks / 2;
        var sharpes = new double[trials];
        for (var trial = 0; trial < trials; trial++)
        {
            double sum = 0,
                squares = 0;
            for (var block = 0; block < blocks; block++)
            {
                if ((mask >> block & 1) == 1)
                {
                    sum += sums[block, trial].Sum;
                    squares += sums[block, trial].Squares;
                }
            }

            var variance = (squares - (sum * sum / days)) / (days - 1);
            // A trial that never moved has no Sharpe ratio; it ranks as one of 0.
            sharpes[trial] = variance > 1e-28 ? sum / days / Math.Sqrt(variance) : 0;
        }

        return sharpes;
    }

    private static (double Sum, double Squares)[,] BlockSums(
        IReadOnlyList<IReadOnlyList<double>> returns,
        int blocks,
        int size,
        int trials
    )
    {
        var sums = new (double Sum, double Squares)[blocks, trials];
        for (var day = 0; day < blocks * size; day++)
        {
            for (var trial = 0; trial < trials; trial++)
            {
                var value = returns[day][trial];
                sums[day / size, trial].Sum += value;
                sums[day / size, trial].Squares += value * value;
            }
        }

        return sums;
    }
}
