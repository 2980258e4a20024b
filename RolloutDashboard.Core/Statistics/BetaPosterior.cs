using MathNet.Numerics;

namespace RolloutDashboard.Core.Statistics;

/// <summary>A Beta distribution as knowledge of one rate.</summary>
public readonly record struct BetaPosterior(double A, double B)
{
    public double Mean => A / (A + B);

    public double Deviation => Math.Sqrt(A * B / ((A + B) * (A + B) * (A + B + 1)));

    /// <summary>Posterior after <paramref name="successes"/> of <paramref name="trials"/> under the prior Beta(a,
    /// b).</summary>
    public static BetaPosterior Of(double successes, double trials, double priorA = 1, double priorB = 1) =>
        new(priorA + successes, priorB + trials - successes);

    /// <summary>P(rate &gt; p), without the digits that 1 - Cdf would lose.</summary>
    public double Tail(double p) =>
        p <= 0 ? 1
        : p >= 1 ? 0
        : SpecialFunctions.BetaRegularized(B, A, 1 - p);

    public double Cdf(double p) =>
        p <= 0 ? 0
        : p >= 1 ? 1
        : SpecialFunctions.BetaRegularized(A, B, p);
}
