namespace RolloutDashboard.Core.Statistics.Overfitting;

/// <summary>What each trial's returns against the benchmark come to.</summary>
internal sealed class TrialStatistics
{
    // Daily returns of curves that are kept as singles are exact to about 1e-7.
    private const double Nothing = 1e-6;

    public TrialStatistics(IReadOnlyList<float[]> excess, double meanBlock)
    {
        Excess = excess;
        var statistics = new double[excess.Count];
        (Means, Deviations) = (new double[excess.Count], new double[excess.Count]);
        for (var trial = 0; trial < excess.Count; trial++)
        {
            var sum = 0d;
            foreach (var value in excess[trial])
            {
                sum += value;
            }

            Means[trial] = sum / excess[trial].Length;
            Deviations[trial] = Math.Sqrt(StationaryBootstrap.Variance(excess[trial], Means[trial], meanBlock));
            statistics[trial] =
                Deviations[trial] > Nothing ? Math.Sqrt(excess[trial].Length) * Means[trial] / Deviations[trial] : 0;
        }

        Statistics = statistics;
        Ascending =
        [
            .. Enumerable
                .Range(0, excess.Count)
                .Where(trial => Deviations[trial] > Nothing)
                .OrderBy(trial => statistics[trial])
                .ThenBy(trial => trial),
        ];
    }

    public IReadOnlyList<float[]> Excess { get; }

    public double[] Means { get; }

    /// <summary>Of sqrt(T) * mean, under the bootstrap.</summary>
    public double[] Deviations { get; }

    public IReadOnlyList<double> Statistics { get; }

    /// <summary>Trials that differ from the benchmark, the smallest statistic first.</summary>
    public IReadOnlyList<int> Ascending { get; }
}
