using System.Numerics;

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
        var trials = returns.Count == 0 ? 0 : returns[0].Count;
        if (returns.Any(row => row.Count != trials))
        {
            throw new ArgumentException("Every day needs one return per trial.", nameof(returns));
        }

        return Probability(trials, returns.Count, blocks, (trial, day) => returns[day][trial]);
    }

    /// <summary>The same of returns that are kept by trial.</summary>
    /// <param name="returns">Of each trial, one return a day.</param>
    /// <inheritdoc cref="Probability(IReadOnlyList{IReadOnlyList{double}}, int)"/>
    public static double? Probability(IReadOnlyList<float[]> returns, int blocks)
    {
        var days = returns.Count == 0 ? 0 : returns[0].Length;
        if (returns.Any(trial => trial.Length != days))
        {
            throw new ArgumentException("Every trial needs one return for each day.", nameof(returns));
        }

        return Probability(returns.Count, days, blocks, (trial, day) => returns[trial][day]);
    }

    private static double? Probability(int trials, int days, int blocks, Func<int, int, double> value)
    {
        if (blocks is < FewestBlocks or > MostBlocks || blocks % 2 != 0)
        {
            throw new ArgumentException(
                $"Blocks must be even, {FewestBlocks} to {MostBlocks}; {blocks} is not.",
                nameof(blocks)
            );
        }

        var size = days / blocks;
        if (trials < 2 || size < 2)
        {
            return null;
        }

        var sums = new BlockSums(trials, blocks, size, value);
        var (within, outside) = (new double[trials], new double[trials]);
        int choices = 0,
            overfit = 0;
        // Half of the choices, those without the last block: the others are their complements.
        for (var mask = 0; mask < 1 << (blocks - 1); mask++)
        {
            if (BitOperations.PopCount((uint)mask) == blocks / 2)
            {
                sums.Sharpes(mask, within, outside);
                choices += 2;
                overfit += (IsOverfit(within, outside) ? 1 : 0) + (IsOverfit(outside, within) ? 1 : 0);
            }
        }

        return (double)overfit / choices;
    }

    private static bool IsOverfit(double[] within, double[] outside)
    {
        var best = 0;
        for (var trial = 1; trial < within.Length; trial++)
        {
            best = within[trial] > within[best] ? trial : best;
        }

        int below = 0,
            equal = 0;
        foreach (var sharpe in outside)
        {
            below += sharpe < outside[best] ? 1 : 0;
            equal += sharpe == outside[best] ? 1 : 0;
        }

        var rank = below + ((equal + 1) / 2d);
        // ln(w / (1 - w)) <= 0 is w <= 1/2.
        return rank / (within.Length + 1) <= 0.5;
    }
}
