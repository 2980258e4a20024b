namespace RolloutDashboard.Core.Statistics;

/// <summary>One arm's metric as sample size, mean and variance of one value.</summary>
public readonly record struct ArmMean(double N, double Mean, double Variance)
{
    /// <summary>From sums; the variance has n - 1 in its denominator.</summary>
    public static ArmMean FromSums(double n, double sum, double sumOfSquares) =>
        new(n, sum / n, n > 1 ? (sumOfSquares - (sum * sum / n)) / (n - 1) : 0);

    public static ArmMean FromProportion(double successes, double n) =>
        new(n, successes / n, successes / n * (1 - (successes / n)));

    public static ArmMean FromValues(IReadOnlyCollection<double> values)
    {
        var mean = values.Average();
        var variance = values.Count > 1 ? values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1) : 0;
        return new ArmMean(values.Count, mean, variance);
    }
}
