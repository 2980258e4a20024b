namespace RolloutDashboard.Core.Statistics;

/// <summary>
/// Differences of two means. Sharpe is compared in absolute terms only; the relative forms serve positive figures such
/// as seconds or cost.
/// </summary>
public static class MeanComparison
{
    /// <summary>Welch: treatment - control. Undefined (NaN error) with fewer than 2 in an arm.</summary>
    public static MeanDifference Absolute(ArmMean control, ArmMean treatment) =>
        new(
            treatment.Mean - control.Mean,
            Math.Sqrt(AbsoluteVariance(control, treatment)),
            DegreesOfFreedom(control, treatment)
        );

    /// <summary>(treatment - control) / |control|, its variance by the delta method.</summary>
    public static MeanDifference Relative(ArmMean control, ArmMean treatment) =>
        new(
            RelativeDifference(control.Mean, treatment.Mean),
            Math.Sqrt(RelativeVariance(control, treatment)),
            DegreesOfFreedom(control, treatment)
        );

    public static double RelativeDifference(double control, double treatment) =>
        (treatment - control) / Math.Abs(control);

    public static double AbsoluteVariance(ArmMean control, ArmMean treatment) =>
        control.N < 2 || treatment.N < 2
            ? double.NaN
            : (control.Variance / control.N) + (treatment.Variance / treatment.N);

    public static double RelativeVariance(ArmMean control, ArmMean treatment)
    {
        if (control.N < 2 || treatment.N < 2)
        {
            return double.NaN;
        }

        var square = control.Mean * control.Mean;
        return (treatment.Variance / (square * treatment.N))
            + (control.Variance * treatment.Mean * treatment.Mean / (square * square * control.N));
    }

    private static double DegreesOfFreedom(ArmMean control, ArmMean treatment)
    {
        var (c, t) = (control.Variance / control.N, treatment.Variance / treatment.N);
        return (c + t) * (c + t) / ((c * c / (control.N - 1)) + (t * t / (treatment.N - 1)));
    }
}
