using RolloutDashboard.Core.Statistics.Numerics;

namespace RolloutDashboard.Core.Statistics;

/// <summary>The ratio of two success proportions and its intervals.</summary>
public static class RatioIntervals
{
    private const double LargestLog = 100;
    private static readonly Bounds Everything = new(0, double.PositiveInfinity);

    /// <summary>p1 / p0; NaN for 0/0 or an empty arm, infinity for a positive rate over 0.</summary>
    public static double Point(TwoArms arms) =>
        arms.Trials1 <= 0 || arms.Trials0 <= 0
            ? double.NaN
            : arms.Successes1 * arms.Trials0 / (arms.Successes0 * arms.Trials1);

    /// <summary>Log interval of Katz et al. 1978. An end that it does not define is NaN.</summary>
    public static Bounds KatzLog(TwoArms arms, double alpha = 0.05)
    {
        var ratio = Point(arms);
        if (double.IsNaN(ratio))
        {
            return new Bounds(double.NaN, double.NaN);
        }

        if (arms.Successes1 <= 0)
        {
            return new Bounds(0, double.NaN);
        }

        if (arms.Successes0 <= 0)
        {
            return new Bounds(double.NaN, double.PositiveInfinity);
        }

        var deviation = Math.Sqrt(
            Math.Max(0, (1 / arms.Successes1) - (1 / arms.Trials1) + (1 / arms.Successes0) - (1 / arms.Trials0))
        );
        var factor = Math.Exp(Distributions.NormalQuantile(1 - (alpha / 2)) * deviation);
        return new Bounds(ratio / factor, ratio * factor);
    }

    /// <summary>The log interval after adding 1/2 to every count; always exists. An empty arm leaves everything
    /// possible.</summary>
    public static Bounds AdjustedLog(TwoArms arms, double alpha = 0.05) =>
        IsEmpty(arms)
            ? Everything
            : KatzLog(
                new TwoArms(arms.Successes1 + 0.5, arms.Trials1 + 0.5, arms.Successes0 + 0.5, arms.Trials0 + 0.5),
                alpha
            );

    /// <summary>
    /// Score interval: all ratios that the score test does not reject (Koopman 1984; with <paramref name="unbiased"/>
    /// Miettinen and Nurminen 1985, whose variance is N/(N-1) times as large). It always exists: without a success in
    /// arm 0 it has no upper end, without one in arm 1 it starts at 0.
    /// </summary>
    public static Bounds Score(TwoArms arms, double alpha = 0.05, bool unbiased = false, Side side = Side.TwoSided)
    {
        var observed = arms.Trials1 + arms.Trials0;
        if (IsEmpty(arms) || (arms.Successes1 <= 0 && arms.Successes0 <= 0) || (unbiased && observed <= 1))
        {
            return Everything;
        }

        var z = Distributions.NormalQuantile(1 - (side == Side.TwoSided ? alpha / 2 : alpha));
        double LogRoot(double target) =>
            Math.Exp(
                Roots.Bisect(logRatio => ScoreZ(arms, Math.Exp(logRatio), unbiased) - target, -LargestLog, LargestLog)
            );
        var lower = side == Side.Upper || arms.Successes1 <= 0 ? 0 : LogRoot(z);
        var upper = side == Side.Lower || arms.Successes0 <= 0 ? double.PositiveInfinity : LogRoot(-z);
        return new Bounds(lower, upper);
    }

    /// <summary>Score statistic for H0: p1 = ratio * p0; falls as the ratio rises. 0 with an empty arm, NaN for an
    /// infinite ratio.</summary>
    public static double ScoreZ(TwoArms arms, double ratio, bool unbiased = false)
    {
        if (!double.IsFinite(ratio))
        {
            return double.NaN;
        }

        if (IsEmpty(arms))
        {
            return 0;
        }

        var total = arms.Trials1 + arms.Trials0;
        var a = total * ratio;
        var b = -((arms.Trials1 * ratio) + arms.Successes1 + arms.Trials0 + (arms.Successes0 * ratio));
        var c = arms.Successes1 + arms.Successes0;

        // This form of the smaller root loses no digits when the ratio is large.
        var q0 = 2 * c / (-b + Math.Sqrt(Math.Max(0, (b * b) - (4 * a * c))));
        var q1 = Math.Min(1, ratio * q0);
        var variance = (q1 * (1 - q1) / arms.Trials1) + (ratio * ratio * q0 * (1 - q0) / arms.Trials0);
        if (unbiased)
        {
            variance *= total / (total - 1);
        }

        var contrast = arms.Rate1 - (ratio * arms.Rate0);
        return contrast == 0 ? 0 : contrast / Math.Sqrt(Math.Max(variance, double.Epsilon));
    }

    private static bool IsEmpty(TwoArms arms) => arms.Trials1 <= 0 || arms.Trials0 <= 0;

    /// <summary>Two-sided p-value of the score test.</summary>
    public static double ScoreP(TwoArms arms, double ratio, bool unbiased = false) =>
        Math.Min(1, 2 * Distributions.NormalTail(Math.Abs(ScoreZ(arms, ratio, unbiased))));
}
