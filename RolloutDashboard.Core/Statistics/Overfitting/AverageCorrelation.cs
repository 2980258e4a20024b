namespace RolloutDashboard.Core.Statistics.Overfitting;

/// <summary>How alike trials are, and how many independent ones they amount to.</summary>
public static class AverageCorrelation
{
    /// <summary>Mean correlation over all pairs of trials, in one pass: the sum of the trials, each scaled to unit
    /// length, has the length sqrt(N + N (N - 1) mean).</summary>
    /// <param name="returns">Of each trial, one return a day; trials that never move are left out.</param>
    /// <returns>-1 to 1; null with fewer than two trials that move.</returns>
    public static double? Of(IReadOnlyList<float[]> returns)
    {
        var total = new double[returns.Count == 0 ? 0 : returns[0].Length];
        var moving = 0;
        foreach (var trial in returns)
        {
            var mean = Mean(trial);
            var squares = 0d;
            foreach (var value in trial)
            {
                squares += (value - mean) * (value - mean);
            }

            if (squares <= 1e-18)
            {
                continue;
            }

            moving++;
            var scale = 1 / Math.Sqrt(squares);
            for (var day = 0; day < trial.Length; day++)
            {
                total[day] += (trial[day] - mean) * scale;
            }
        }

        return moving < 2 ? null : (total.Sum(value => value * value) - moving) / ((double)moving * (moving - 1));
    }

    /// <summary>Independent trials that give the same luck, about: r + (1 - r) N with the mean correlation r (Bailey
    /// and
    /// Lopez de Prado 2014, appendix 3).</summary>
    /// <param name="trials">N, at least 1.</param>
    /// <param name="correlation">Below 0 counts as 0.</param>
    public static double Independent(double trials, double correlation)
    {
        var alike = Math.Clamp(correlation, 0, 1);
        return alike + ((1 - alike) * trials);
    }

    private static double Mean(float[] values)
    {
        var sum = 0d;
        foreach (var value in values)
        {
            sum += value;
        }

        return sum / values.Length;
    }
}
