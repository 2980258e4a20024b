using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Statistics;
using RolloutDashboard.Core.Statistics.Numerics;

namespace RolloutDashboard.Core.Gates;

/// <summary>
/// Whether a target is proven: the always-valid 95 % bound clears it, however often one has looked. Rests on the first
/// occurrences of strategies, earlier attempts included.
/// </summary>
/// <param name="Proven">False also where the evidence points the other way.</param>
/// <param name="FurtherIterations">Expected iterations of all modes until it is proven, at the rates seen so far; null
/// if never or beyond <see cref="Limit"/>.</param>
internal readonly record struct Proof(bool Proven, long? FurtherIterations)
{
    /// <summary>Independent samples beyond which no expectation is given.</summary>
    public const int Limit = 1_000_000;

    /// <summary>Samples below which the asymptotic sequences are not relied on.</summary>
    public const int MinimumForMeans = 20;

    /// <summary>The rate of hits is at least (or, for an upper limit, below) the target.</summary>
    public static Proof OfRate(
        ArmEvidence sequence,
        Func<EvidenceRow, bool> isHit,
        double target,
        bool atLeast,
        double? iterationsPerRow
    )
    {
        var independent = sequence.FirstOccurrences();
        var n = independent.Count;
        if (n == 0)
        {
            return new Proof(false, null);
        }

        var hits = independent.Count(isHit);
        var rate = (double)hits / n;
        var isOnTheRightSide = atLeast ? rate > target : rate < target;
        bool Clears(double samples) => isOnTheRightSide && BernoulliSequence.Excludes(target, rate * samples, samples);
        return Find(Clears, n, (double)sequence.N / n * iterationsPerRow, isOnTheRightSide);
    }

    /// <summary>The mean is at least the target.</summary>
    public static Proof OfMean(
        ArmEvidence sequence,
        Func<EvidenceRow, double?> metric,
        double target,
        double? iterationsPerRow
    )
    {
        double[] values = [.. sequence.FirstOccurrences().Select(metric).OfType<double>()];
        return OfMean(values, target, (double)sequence.N / values.Length * iterationsPerRow);
    }

    /// <summary>The mean of independent values is at least the target: asymptotic, from <see cref="MinimumForMeans"/>
    /// values on.</summary>
    public static Proof OfMean(IReadOnlyList<double> values, double target, double? iterationsPerValue)
    {
        var n = values.Count;
        if (n < 2)
        {
            return new Proof(false, null);
        }

        var mean = Sum(values, value => value) / n;
        var deviation = Math.Sqrt(Sum(values, value => (value - mean) * (value - mean)) / (n - 1));
        bool Clears(double samples) =>
            samples >= MinimumForMeans
            && mean
                - ConfidenceSequence.OneSidedWidth(
                    deviation / Math.Sqrt(samples),
                    samples,
                    0.05,
                    RatioSequence.DefaultTuning / 2
                )
                >= target;
        return Find(Clears, n, iterationsPerValue, mean > target && deviation > 0);
    }

    /// <summary>The JSON success rate is at least <paramref name="ratio"/> times the full-code one.</summary>
    public static Proof OfRatio(IReadOnlyList<TwoArms> strata, double ratio, double? iterationsPerRow)
    {
        bool Clears(double scale) =>
            StratifiedRatio.Contrast(strata.Select(arms => Scale(arms, scale)).ToArray(), ratio).Lower >= 0;
        var n = strata.Sum(arms => arms.Trials1 + arms.Trials0);
        if (n < MinimumForMeans)
        {
            return new Proof(false, null);
        }

        return Find(samples => Clears(samples / n), n, iterationsPerRow, StratifiedRatio.Point(strata) > ratio);
    }

    // One after the other, so that a replay gets the same last digit on every machine.
    private static double Sum(IReadOnlyList<double> values, Func<double, double> term)
    {
        var sum = 0d;
        foreach (var value in values)
        {
            sum += term(value);
        }

        return sum;
    }

    private static TwoArms Scale(TwoArms arms, double scale) =>
        new(arms.Successes1 * scale, arms.Trials1 * scale, arms.Successes0 * scale, arms.Trials0 * scale);

    private static Proof Find(Func<double, bool> clears, double n, double? iterationsPerSample, bool canClear)
    {
        if (clears(n))
        {
            return new Proof(true, 0);
        }

        if (!canClear || iterationsPerSample is null)
        {
            return new Proof(false, null);
        }

        var high = n;
        while (!clears(high))
        {
            high *= 2;
            if (high > Limit)
            {
                return new Proof(false, null);
            }
        }

        var low = high / 2;
        while (high - low > 1)
        {
            var middle = Math.Floor((low + high) / 2);
            (low, high) = clears(middle) ? (low, middle) : (middle, high);
        }

        return new Proof(false, (long)Math.Ceiling((high - n) * iterationsPerSample.Value));
    }
}
