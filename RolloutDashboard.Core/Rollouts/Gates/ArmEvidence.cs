using System.Runtime.InteropServices;
using RolloutDashboard.Core.Statistics;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Rollouts.Gates;

/// <summary>
/// What a set of iterations says: cancelled ones and mutations left out, lost ones as Level 0. Pages and gates share it.
/// </summary>
public sealed record ArmEvidence
{
    private (EffectiveSampleSize Sample, IReadOnlyList<EvidenceRow> FirstOccurrences)? _strategies;
    private (EvidenceRow[] Rows, EffectiveSampleSize Sample)? _measured;

    /// <summary>The rows that count, in order of their number.</summary>
    public required IReadOnlyList<EvidenceRow> Rows { get; init; }

    /// <summary>Rows by level, 0 to 3.</summary>
    public required IReadOnlyList<int> Levels { get; init; }

    public EffectiveSampleSize Sample => Strategies.Sample;

    public int N => Rows.Count;

    public int Successes => Levels[(int)SuccessLevel.Profitable];

    public double? SuccessRate => N == 0 ? null : (double)Successes / N;

    public double? ErrorRate => N == 0 ? null : (double)Levels[(int)SuccessLevel.Failed] / N;

    /// <summary>Of the rows that count among <paramref name="rows"/>; all modes if <paramref name="mode"/> is null.</summary>
    public static ArmEvidence Of(IEnumerable<EvidenceRow> rows, GenerationMode? mode = null)
    {
        var counted = new List<EvidenceRow>();
        var levels = new int[4];
        foreach (var row in rows)
        {
            if (row.Counts && (mode is null || row.AssignedMode == mode))
            {
                counted.Add(row);
                levels[(int)row.CountedLevel]++;
            }
        }

        return new ArmEvidence { Rows = InOrder(counted), Levels = levels };
    }

    /// <summary>The rows by number; the same list where they are in order already, since there may be very many.</summary>
    internal static IReadOnlyList<EvidenceRow> InOrder(IReadOnlyList<EvidenceRow> rows)
    {
        for (var i = 1; i < rows.Count; i++)
        {
            if (rows[i - 1].Number > rows[i].Number)
            {
                return [.. rows.OrderBy(row => row.Number)];
            }
        }

        return rows;
    }

    /// <summary>Wilson interval (95 %) of the share of <paramref name="hits"/>, on the effective n; null without rows.</summary>
    public Interval? ShareInterval(int hits)
    {
        if (N == 0)
        {
            return null;
        }

        var effective = Sample.Effective;
        var bounds = ProportionIntervals.Wilson((double)hits / N * effective, effective);
        return new Interval(bounds.Lower, bounds.Upper);
    }

    /// <summary>Mean of a metric over the rows that have it.</summary>
    public MeanEvidence Mean(Func<EvidenceRow, double?> metric)
    {
        var measured = new List<EvidenceRow>(N);
        var values = new List<double>(N);
        foreach (var row in Rows)
        {
            if (metric(row) is { } value)
            {
                measured.Add(row);
                values.Add(value);
            }
        }

        return MeanEvidence.Of(values, measured.Count == N ? Sample : SampleOf([.. measured]));
    }

    // Metrics are mostly there or missing together, and counting many strategies is what takes long.
    private EffectiveSampleSize SampleOf(EvidenceRow[] measured)
    {
        if (_measured is not { } known || !measured.AsSpan().SequenceEqual(known.Rows, ReferenceEqualityComparer.Instance))
        {
            known = (measured, Count(measured).Sample);
            _measured = known;
        }

        return known.Sample;
    }

    /// <summary>
    /// The rows that count as independent evidence: each fingerprint at its first occurrence, each failure without a
    /// strategy on its own. Since later rows never remove earlier ones, the count never falls.
    /// </summary>
    public IReadOnlyList<EvidenceRow> FirstOccurrences() => Strategies.FirstOccurrences;

    private (EffectiveSampleSize Sample, IReadOnlyList<EvidenceRow> FirstOccurrences) Strategies => _strategies ??= Count(Rows);

    private static (EffectiveSampleSize Sample, IReadOnlyList<EvidenceRow> FirstOccurrences) Count(IReadOnlyList<EvidenceRow> rows)
    {
        var sizes = new Dictionary<StrategyKey, int>();
        var first = new List<EvidenceRow>();
        var alone = 0;
        foreach (var row in rows)
        {
            if (row.Strategy is not { } strategy)
            {
                alone++;
                first.Add(row);
                continue;
            }

            ref var size = ref CollectionsMarshal.GetValueRefOrAddDefault(sizes, strategy, out var isKnown);
            size++;
            if (!isKnown)
            {
                first.Add(row);
            }
        }

        return (EffectiveSampleSize.FromClusters(sizes.Values.Concat(Enumerable.Repeat(1, alone))), first);
    }
}

/// <summary>A mean with its 95 % interval on the effective n.</summary>
/// <param name="Mean">Null without values; NaN if a value is not finite.</param>
public sealed record MeanEvidence(int N, double? Mean, double StandardDeviation, Interval? Interval, EffectiveSampleSize Sample)
{
    public static MeanEvidence Of(IReadOnlyList<double> values, EffectiveSampleSize sample)
    {
        if (values.Count == 0)
        {
            return new MeanEvidence(0, null, 0, null, sample);
        }

        var mean = values.Average();
        if (!double.IsFinite(mean))
        {
            return new MeanEvidence(values.Count, double.NaN, double.NaN, null, sample);
        }

        if (values.Count < 2 || sample.Effective < 2)
        {
            return new MeanEvidence(values.Count, mean, 0, null, sample);
        }

        var deviation = Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1));
        var half = Distributions.StudentQuantile(0.975, sample.Effective - 1) * deviation / Math.Sqrt(sample.Effective);
        return new MeanEvidence(values.Count, mean, deviation, new Interval(mean - half, mean + half), sample);
    }
}
