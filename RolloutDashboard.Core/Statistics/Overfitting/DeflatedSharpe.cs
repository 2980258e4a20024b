using MathNet.Numerics.Distributions;

namespace RolloutDashboard.Core.Statistics.Overfitting;

/// <summary>
/// How much of a Sharpe ratio is left once it is known to be the best of many tries (Bailey and Lopez de Prado 2012,
/// 2014). All Sharpe ratios here are per period, not annualised.
/// </summary>
public static class DeflatedSharpe
{
    private const double EulerMascheroni = 0.57721566490153286;

    /// <summary>Expected maximum of N independent standard normals, approximately: (1-g) Z^-1(1 - 1/N) + g Z^-1(1 -
    /// 1/(N e)).</summary>
    /// <param name="trials">N, at least 2.</param>
    public static double ExpectedMaximum(double trials)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(trials, 2);
        return ((1 - EulerMascheroni) * Normal.InvCDF(0, 1, 1 - (1 / trials)))
            + (EulerMascheroni * Normal.InvCDF(0, 1, 1 - (1 / (trials * Math.E))));
    }

    /// <summary>The Sharpe ratio that the best of N worthless trials reaches on average: sqrt(V) *
    /// ExpectedMaximum(N).</summary>
    /// <param name="varianceOfSharpe">Variance of the trials' Sharpe ratios, 0 or more.</param>
    public static double Benchmark(double trials, double varianceOfSharpe) =>
        Math.Sqrt(varianceOfSharpe) * ExpectedMaximum(trials);

    /// <summary>P(true Sharpe > benchmark): Z((SR - SR0) sqrt(T-1) / sqrt(1 - g3 SR + (g4-1)/4 SR^2)); null where the
    /// root is not positive.</summary>
    /// <param name="observations">T, number of returns, at least 2.</param>
    /// <param name="kurtosis">Raw kurtosis: 3 for a normal distribution.</param>
    public static double? Probabilistic(
        double sharpe,
        double benchmark,
        int observations,
        double skewness,
        double kurtosis
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(observations, 2);
        var spread = 1 - (skewness * sharpe) + ((kurtosis - 1) / 4 * sharpe * sharpe);
        var probability = Normal.CDF(0, 1, (sharpe - benchmark) * Math.Sqrt(observations - 1) / Math.Sqrt(spread));
        return spread > 0 && double.IsFinite(probability) ? probability : null;
    }

    /// <summary>Deflated Sharpe ratio, 0 to 1; with a single trial there is nothing to deflate and the benchmark is
    /// 0.</summary>
    public static double? Ratio(
        double sharpe,
        int observations,
        double skewness,
        double kurtosis,
        double trials,
        double varianceOfSharpe
    ) => Probabilistic(sharpe, trials < 2 ? 0 : Benchmark(trials, varianceOfSharpe), observations, skewness, kurtosis);

    /// <summary>Deflated Sharpe ratio of a strategy's periodic returns, with bias-corrected moments; null for zero
    /// variance or fewer than four returns.</summary>
    public static double? Ratio(ReadOnlySpan<double> returns, double trials, double varianceOfSharpe) =>
        ReturnMoments.Of(returns) is { Count: >= 4 } moments
            ? Ratio(
                moments.Mean / moments.Deviation,
                moments.Count,
                moments.SkewnessCorrected,
                moments.ExcessKurtosisCorrected + 3,
                trials,
                varianceOfSharpe
            )
            : null;
}
