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

/// <summary>
/// An estimated difference with its standard error and Welch-Satterthwaite degrees of freedom; where neither arm has a variance, these and what
/// follows from them are NaN.
/// </summary>
public readonly record struct MeanDifference(double Estimate, double StandardError, double DegreesOfFreedom)
{
    public Bounds Interval(double alpha = 0.05)
    {
        var half = Distributions.StudentQuantile(1 - (alpha / 2), DegreesOfFreedom) * StandardError;
        return new Bounds(Estimate - half, Estimate + half);
    }

    /// <summary>Lower end of the one-sided interval.</summary>
    public double LowerBound(double alpha = 0.05) =>
        Estimate - (Distributions.StudentQuantile(1 - alpha, DegreesOfFreedom) * StandardError);

    public double PTwoSided => Math.Min(1, 2 * Distributions.StudentTail(Math.Abs(Estimate / StandardError), DegreesOfFreedom));

    public double PGreater => Distributions.StudentTail(Estimate / StandardError, DegreesOfFreedom);
}

/// <summary>
/// Differences of two means. Sharpe is compared in absolute terms only; the relative forms serve positive figures such
/// as seconds or cost.
/// </summary>
public static class MeanComparison
{
    /// <summary>Welch: treatment - control. Undefined (NaN error) with fewer than 2 in an arm.</summary>
    public static MeanDifference Absolute(ArmMean control, ArmMean treatment) => new(
        treatment.Mean - control.Mean,
        Math.Sqrt(AbsoluteVariance(control, treatment)),
        DegreesOfFreedom(control, treatment));

    /// <summary>(treatment - control) / |control|, its variance by the delta method.</summary>
    public static MeanDifference Relative(ArmMean control, ArmMean treatment) => new(
        RelativeDifference(control.Mean, treatment.Mean),
        Math.Sqrt(RelativeVariance(control, treatment)),
        DegreesOfFreedom(control, treatment));

    public static double RelativeDifference(double control, double treatment) => (treatment - control) / Math.Abs(control);

    public static double AbsoluteVariance(ArmMean control, ArmMean treatment) => control.N < 2 || treatment.N < 2
        ? double.NaN
        : (control.Variance / control.N) + (treatment.Variance / treatment.N);

    public static double RelativeVariance(ArmMean control, ArmMean treatment)
    {
        if (control.N < 2 || treatment.N < 2)
        {
            return double.NaN;
        }

        var square = control.Mean * control.Mean;
        return (treatment.Variance / (square * treatment.N)) + (control.Variance * treatment.Mean * treatment.Mean / (square * square * control.N));
    }

    private static double DegreesOfFreedom(ArmMean control, ArmMean treatment)
    {
        var (c, t) = (control.Variance / control.N, treatment.Variance / treatment.N);
        return (c + t) * (c + t) / ((c * c / (control.N - 1)) + (t * t / (treatment.N - 1)));
    }
}

/// <summary>Rank comparison that heavy tails cannot sway.</summary>
/// <param name="ProbabilityGreater">P(a random treatment value exceeds a random control value), ties half.</param>
/// <param name="P">Two-sided, normal approximation with tie correction; 1 for an empty arm.</param>
public readonly record struct RankTest(double ProbabilityGreater, double P)
{
    /// <summary>Mann and Whitney 1947.</summary>
    public static RankTest MannWhitney(IReadOnlyCollection<double> control, IReadOnlyCollection<double> treatment)
    {
        double n0 = control.Count, n1 = treatment.Count, n = n0 + n1;
        if (n0 == 0 || n1 == 0)
        {
            return new RankTest(0.5, 1);
        }

        var (low, high) = (Sorted(control), Sorted(treatment));
        double rank = 0, treated = 0, ties = 0;
        for (var (i, j) = (0, 0); i < low.Length || j < high.Length;)
        {
            var value = j == high.Length || (i < low.Length && low[i].CompareTo(high[j]) <= 0) ? low[i] : high[j];
            var (of0, of1) = (Equal(low, i, value), Equal(high, j, value));
            double size = of0 + of1;
            treated += of1 * (rank + ((size + 1) / 2));
            ties += (size * size * size) - size;
            rank += size;
            (i, j) = (i + of0, j + of1);
        }

        var u = treated - (n1 * (n1 + 1) / 2);
        var variance = n0 * n1 / 12 * (n + 1 - (ties / (n * (n - 1))));
        var p = variance > 0 ? 2 * Distributions.NormalTail(Math.Abs(u - (n0 * n1 / 2)) / Math.Sqrt(variance)) : 1;
        return new RankTest(u / (n0 * n1), Math.Min(1, p));
    }
    private static double[] Sorted(IReadOnlyCollection<double> values)
    {
        double[] sorted = [.. values];
        Array.Sort(sorted);
        return sorted;
    }

    private static int Equal(double[] sorted, int from, double value)
    {
        var to = from;
        while (to < sorted.Length && sorted[to].Equals(value))
        {
            to++;
        }

        return to - from;
    }
}
