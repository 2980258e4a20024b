namespace RolloutDashboard.Core.Statistics.Overfitting;

/// <summary>
/// Stationary bootstrap (Politis and Romano 1994): blocks begin at any day with equal chance, their lengths are
/// geometric, and the first day follows the last.
/// </summary>
public static class StationaryBootstrap
{
    /// <summary>Draws samples; equal arguments give equal samples, on every machine and in every version.</summary>
    /// <param name="days">At least 1.</param>
    /// <param name="meanBlock">Mean length of a block in days, at least 1: at 1 each day is drawn by itself.</param>
    /// <param name="samples">How many, at least 1.</param>
    public static ResampledDays Draw(int days, double meanBlock, int samples, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(days, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 1);
        if (!(meanBlock >= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(meanBlock), meanBlock, "A block has at least one day.");
        }

        var runs = new List<DayRun>((int)(samples * Math.Min(days, 2 + (days / meanBlock))));
        var ends = new int[samples];
        // ln(1 - 1/b), the length's scale; at b = 1 it is minus infinity, and every length 1.
        var scale = Math.Log(1 - (1 / meanBlock));
        var state = seed;
        for (var sample = 0; sample < samples; sample++)
        {
            var left = days;
            while (left > 0)
            {
                var from = (int)Math.Min(days - 1, Uniform(ref state) * days);
                var length = (int)Math.Min(left, 1 + Math.Floor(Math.Log(Uniform(ref state)) / scale));
                AddRuns(runs, from, length, days);
                left -= length;
            }

            ends[sample] = runs.Count;
        }

        return new ResampledDays(days, meanBlock, [.. runs], ends);
    }

    /// <summary>
    /// Variance of sqrt(days) * mean of a sample, exactly: c(0) + 2 sum over i of (1 - i/T) (1 - 1/b)^i c(i) with the
    /// circular autocovariances c (Politis and Romano 1994, lemma 1; the weights of Hansen 2005 with those that end at
    /// the last day). One pass, since the geometric weights obey a recursion.
    /// </summary>
    public static double Variance(ReadOnlySpan<float> values, double mean, double meanBlock)
    {
        var days = values.Length;
        var weight = 1 - (1 / meanBlock);
        var last = Math.Pow(weight, days);
        // near = sum of w^i z(t-i), sloped = sum of i w^i z(t-i), i = 1 .. T-1, before day 0.
        double near = 0,
            sloped = 0,
            power = 1;
        for (var lag = 1; lag < days && power > 1e-300; lag++)
        {
            power *= weight;
            var value = (values[days - lag] - mean) * power;
            near += value;
            sloped += lag * value;
        }

        double own = 0,
            crossed = 0;
        for (var day = 0; day < days; day++)
        {
            var value = values[day] - mean;
            own += value * value;
            crossed += value * (near - (sloped / days));
            // The day itself enters, and the one T days back, which is the next one, leaves.
            var next = values[day + 1 == days ? 0 : day + 1] - mean;
            sloped = (weight * (value + near + sloped)) - (days * last * next);
            near = (weight * (value + near)) - (last * next);
        }

        return Math.Max(0, (own + (2 * crossed)) / days);
    }

    private static void AddRuns(List<DayRun> runs, int from, int length, int days)
    {
        var first = Math.Min(length, days - from);
        runs.Add(new DayRun(from, from + first));
        if (first < length)
        {
            runs.Add(new DayRun(0, length - first));
        }
    }

    // SplitMix64 (Steele, Lea, Flood 2014); in (0, 1).
    private static double Uniform(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15;
        var mixed = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        mixed ^= mixed >> 31;
        return ((mixed >> 12) + 0.5) * (1.0 / (1UL << 52));
    }
}
