using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace RolloutDashboard.Core.Statistics.Overfitting;

/// <summary>
/// How many bootstrap samples reach what was seen. Trials are taken sixteen at a time, in order of their statistics, as
/// prefix sums over the days, so that a block costs two loads whatever its length, and memory grows with samples, not
/// with samples times trials.
/// </summary>
internal sealed class ExceedanceCounts
{
    private const int Lanes = 16;
    private readonly TrialStatistics _trials;
    private readonly ResampledDays _resampled;
    private readonly double _root;
    private readonly double _far;
    private readonly double _largestMean;
    private readonly double _largest;
    private readonly int[] _steps;

    public ExceedanceCounts(
        TrialStatistics trials,
        ResampledDays resampled,
        int threads,
        CancellationToken cancellationToken
    )
    {
        (_trials, _resampled, _root) = (trials, resampled, Math.Sqrt(resampled.Days));
        // Hansen 2005: a trial whose statistic is below this can't be as good as the benchmark.
        _far = -Math.Sqrt(2 * Math.Log(Math.Log(resampled.Days)));
        _largestMean = trials.Ascending.Max(trial => trials.Means[trial]);
        _largest = Math.Max(0, trials.Statistics[trials.Ascending[^1]]);
        _steps = new int[trials.Ascending.Count];
        var parts = Math.Clamp(threads, 1, resampled.Count);
        Parallel.For(
            0,
            parts,
            new ParallelOptions { MaxDegreeOfParallelism = parts, CancellationToken = cancellationToken },
            part =>
                Count(
                    (int)((long)resampled.Count * part / parts),
                    (int)((long)resampled.Count * (part + 1) / parts),
                    cancellationToken
                )
        );
    }

    public int RealityCheck { get; private set; }

    public int Lower { get; private set; }

    public int Consistent { get; private set; }

    public int Upper { get; private set; }

    /// <summary>Samples in which this trial or one with a smaller statistic reaches this trial's.</summary>
    /// <param name="place">In the ascending order.</param>
    public int Step(int place) => _steps[place];

    public double Share(int count) => (1d + count) / (1 + _resampled.Count);

    private void Count(int first, int end, CancellationToken cancellationToken)
    {
        var maxima = new SampleMaxima[end - first];
        Array.Fill(maxima, SampleMaxima.None);
        var steps = new int[_steps.Length];
        var prefix = new double[(_resampled.Days + 1) * Lanes];
        var sums = new double[Lanes];
        for (var place = 0; place < _steps.Length; place += Lanes)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var count = Math.Min(Lanes, _steps.Length - place);
            FillPrefix(prefix, place, count);
            for (var sample = first; sample < end; sample++)
            {
                Sum(prefix, _resampled[sample], sums);
                Take(ref maxima[sample - first], sums.AsSpan(0, count), place, steps);
            }
        }

        Add(maxima, steps);
    }

    private void FillPrefix(double[] prefix, int place, int count)
    {
        for (var lane = 0; lane < count; lane++)
        {
            var trial = _trials.Ascending[place + lane];
            var (values, mean) = (_trials.Excess[trial], _trials.Means[trial]);
            // Less the mean, so that what is added up stays near 0.
            var sum = 0d;
            for (var day = 0; day < values.Length; day++)
            {
                sum += values[day] - mean;
                prefix[((day + 1) * Lanes) + lane] = sum;
            }
        }
    }

    private static void Sum(double[] prefix, ReadOnlySpan<DayRun> runs, double[] sums)
    {
        var vectors = MemoryMarshal.Cast<double, Vector256<double>>(prefix.AsSpan());
        Vector256<double> a = default,
            b = default,
            c = default,
            d = default;
        foreach (var run in runs)
        {
            var to = vectors.Slice(run.To * 4, 4);
            var from = vectors.Slice(run.From * 4, 4);
            a += to[0] - from[0];
            b += to[1] - from[1];
            c += to[2] - from[2];
            d += to[3] - from[3];
        }

        var into = MemoryMarshal.Cast<double, Vector256<double>>(sums.AsSpan());
        (into[0], into[1], into[2], into[3]) = (a, b, c, d);
    }

    private void Take(ref SampleMaxima maxima, ReadOnlySpan<double> sums, int place, int[] steps)
    {
        for (var lane = 0; lane < sums.Length; lane++)
        {
            var trial = _trials.Ascending[place + lane];
            var centred = sums[lane] / _resampled.Days;
            var seen = _trials.Statistics[trial];
            var statistic = _root * centred / _trials.Deviations[trial];
            maxima.Mean = Math.Max(maxima.Mean, centred);
            maxima.Upper = Math.Max(maxima.Upper, statistic);
            maxima.Consistent = Math.Max(maxima.Consistent, seen < _far ? statistic + seen : statistic);
            maxima.Lower = Math.Max(maxima.Lower, statistic + Math.Min(0, seen));
            steps[place + lane] += maxima.Upper >= seen ? 1 : 0;
        }
    }

    private void Add(SampleMaxima[] maxima, int[] steps)
    {
        lock (_steps)
        {
            foreach (var of in maxima)
            {
                RealityCheck += of.Mean >= _largestMean ? 1 : 0;
                Lower += Math.Max(0, of.Lower) >= _largest ? 1 : 0;
                Consistent += Math.Max(0, of.Consistent) >= _largest ? 1 : 0;
                Upper += Math.Max(0, of.Upper) >= _largest ? 1 : 0;
            }

            for (var place = 0; place < steps.Length; place++)
            {
                _steps[place] += steps[place];
            }
        }
    }
}
