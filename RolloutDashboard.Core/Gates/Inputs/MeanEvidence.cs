using RolloutDashboard.Core.Statistics;
using RolloutDashboard.Core.Statistics.Numerics;
using RolloutDashboard.Core.Vocabulary.Figures;

namespace RolloutDashboard.Core.Gates.Inputs;

/// <summary>A mean with its 95 % interval on the effective n.</summary>
/// <param name="Mean">Null without values; NaN if a value is not finite.</param>
public sealed record MeanEvidence(
    int N,
    double? Mean,
    double StandardDeviation,
    Interval? Interval,
    EffectiveSampleSize Sample
)
{
    /// <param name="n">Rows that have the metric.</param>
    /// <param name="sum">Of the metric over them.</param>
    internal static MeanEvidence Of(
        int n,
        double sum,
        ChunkedList rows,
        Func<EvidenceRow, double?> metric,
        EffectiveSampleSize sample
    )
    {
        if (n == 0)
        {
            return new MeanEvidence(0, null, 0, null, sample);
        }

        var mean = sum / n;
        if (!double.IsFinite(mean))
        {
            return new MeanEvidence(n, double.NaN, double.NaN, null, sample);
        }

        if (n < 2 || sample.Effective < 2)
        {
            return new MeanEvidence(n, mean, 0, null, sample);
        }

        var squares = 0d;
        foreach (var row in rows)
        {
            squares += metric(row) is { } value ? (value - mean) * (value - mean) : 0;
        }

        var deviation = Math.Sqrt(squares / (n - 1));
        var half = Distributions.StudentQuantile(0.975, sample.Effective - 1) * deviation / Math.Sqrt(sample.Effective);
        return new MeanEvidence(n, mean, deviation, new Interval(mean - half, mean + half), sample);
    }
}
