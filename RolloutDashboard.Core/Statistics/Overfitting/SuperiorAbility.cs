namespace RolloutDashboard.Core.Statistics.Overfitting;

/// <summary>
/// Whether the best of many trials beats a benchmark by more than luck. P-values are (1 + samples at or beyond what was
/// seen) / (1 + samples), so never 0.
/// </summary>
/// <param name="RealityCheck">White 2000: of the largest mean, not studentised.</param>
/// <param name="Lower">Hansen 2005, trials below the benchmark left where they are: at most the consistent one.</param>
/// <param name="Consistent">Hansen 2005, trials far below the benchmark, by sqrt(2 ln ln T) standard errors, left where
/// they are.</param>
/// <param name="Upper">Hansen 2005, every trial counted as equal to the benchmark: the largest.</param>
/// <param name="Statistics">sqrt(T) * mean / deviation of each trial; 0 for one that never differs from the
/// benchmark.</param>
/// <param name="Adjusted">P-value of each trial, adjusted for all trials by stepping down (Romano and Wolf 2005): those
/// at or below a level are what StepM names at that level.</param>
public sealed record SuperiorAbility(
    double RealityCheck,
    double Lower,
    double Consistent,
    double Upper,
    IReadOnlyList<double> Statistics,
    IReadOnlyList<double> Adjusted
)
{
    /// <summary>Position of the trial with the largest statistic.</summary>
    public int Best { get; init; }

    /// <summary>Tests daily returns against the benchmark's.</summary>
    /// <param name="excess">Of each trial, its return less the benchmark's on each day; all finite.</param>
    /// <param name="resampled">Samples of those days.</param>
    /// <param name="threads">Most threads to use.</param>
    /// <returns>Null without trials, with fewer than ten days, or if no trial ever differs from the
    /// benchmark.</returns>
    /// <exception cref="ArgumentException">A trial has another number of days.</exception>
    public static SuperiorAbility? Test(
        IReadOnlyList<float[]> excess,
        ResampledDays resampled,
        int threads = 1,
        CancellationToken cancellationToken = default
    )
    {
        if (excess.Any(trial => trial.Length != resampled.Days))
        {
            throw new ArgumentException("Every trial needs one return for each day.", nameof(excess));
        }

        if (resampled.Days < 10)
        {
            return null;
        }

        var trials = new TrialStatistics(excess, resampled.MeanBlock);
        if (trials.Ascending.Count == 0)
        {
            return null;
        }

        var counts = new ExceedanceCounts(trials, resampled, threads, cancellationToken);
        return new SuperiorAbility(
            counts.Share(counts.RealityCheck),
            counts.Share(counts.Lower),
            counts.Share(counts.Consistent),
            counts.Share(counts.Upper),
            trials.Statistics,
            SteppedDown(trials, counts)
        )
        {
            Best = trials.Ascending[^1],
        };
    }

    // A trial is never named before one with a larger statistic.
    private static double[] SteppedDown(TrialStatistics trials, ExceedanceCounts counts)
    {
        var adjusted = new double[trials.Statistics.Count];
        Array.Fill(adjusted, 1);
        var largest = 0d;
        for (var place = trials.Ascending.Count - 1; place >= 0; place--)
        {
            largest = Math.Max(largest, counts.Share(counts.Step(place)));
            adjusted[trials.Ascending[place]] = largest;
        }

        return adjusted;
    }
}
