using RolloutDashboard.Core.Statistics;
using RolloutDashboard.Core.Statistics.Overfitting;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.Figures;

namespace RolloutDashboard.Core.Gates.Inputs;

/// <summary>
/// What a set of iterations says: cancelled ones and mutations left out, lost ones as Level 0. Pages and gates share
/// it.
/// </summary>
public sealed class ArmEvidence
{
    private readonly ChunkedList _rows;
    private (EffectiveSampleSize Sample, ChunkedList FirstOccurrences)? _strategies;
    private (Func<EvidenceRow, double?> Metric, EffectiveSampleSize Sample)? _measured;

    private ArmEvidence(ChunkedList rows, IReadOnlyList<int> levels) => (_rows, Levels) = (rows, levels);

    /// <summary>The rows that count, in order of their number.</summary>
    public IReadOnlyList<EvidenceRow> Rows => _rows;

    /// <summary>Rows by level, 0 to 3.</summary>
    public IReadOnlyList<int> Levels { get; }

    public EffectiveSampleSize Sample => Strategies.Sample;

    public int N => _rows.Count;

    public int Successes => Levels[(int)SuccessLevel.Profitable];

    public double? SuccessRate => N == 0 ? null : (double)Successes / N;

    public double? ErrorRate => N == 0 ? null : (double)Levels[(int)SuccessLevel.Failed] / N;

    /// <summary>Of the rows that count among <paramref name="rows"/>; all modes if <paramref name="mode"/> is
    /// null.</summary>
    /// <param name="after">Only rows that ended later, or started later if they have no end; null for all.</param>
    public static ArmEvidence Of(
        IEnumerable<EvidenceRow> rows,
        GenerationMode? mode = null,
        DateTimeOffset? after = null
    )
    {
        var (counted, levels) = (new ChunkedList(), new int[4]);
        var (last, isInOrder) = (long.MinValue, true);
        foreach (var row in rows)
        {
            if (
                row.Counts
                && (mode is null || row.AssignedMode == mode)
                && (after is null || (row.EndedAt ?? row.StartedAt) > after)
            )
            {
                counted.Add(row.AsAssigned);
                levels[(int)row.CountedLevel]++;
                isInOrder &= row.Number >= last;
                last = row.Number;
            }
        }

        return new ArmEvidence(isInOrder ? counted : ChunkedList.Of(counted.OrderBy(row => row.Number)), levels);
    }

    /// <summary>The rows by number; the same list where they are in order already, since there may be very
    /// many.</summary>
    internal static IReadOnlyList<EvidenceRow> InOrder(IReadOnlyList<EvidenceRow> rows)
    {
        var last = long.MinValue;
        foreach (var row in rows)
        {
            if (row.Number < last)
            {
                return ChunkedList.Of(rows.OrderBy(one => one.Number));
            }

            last = row.Number;
        }

        return rows;
    }

    /// <summary>Wilson interval (95 %) of the share of <paramref name="hits"/>, on the effective n; null without
    /// rows.</summary>
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
        var (n, sum) = (0, 0d);
        foreach (var row in _rows)
        {
            if (metric(row) is { } value)
            {
                n++;
                sum += value;
            }
        }

        return MeanEvidence.Of(n, sum, _rows, metric, n == N ? Sample : SampleOf(metric));
    }

    // Metrics are mostly there or missing together, and counting many strategies is what takes long.
    private EffectiveSampleSize SampleOf(Func<EvidenceRow, double?> metric)
    {
        if (_measured is not { } known || !HaveAlike(metric, known.Metric))
        {
            known = (metric, Count(_rows, metric).Sample);
            _measured = known;
        }

        return known.Sample;
    }

    private bool HaveAlike(Func<EvidenceRow, double?> one, Func<EvidenceRow, double?> other)
    {
        foreach (var row in _rows)
        {
            if (one(row).HasValue != other(row).HasValue)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// The rows that count as independent evidence: each fingerprint at its first occurrence, each failure without a
    /// strategy on its own. Since later rows never remove earlier ones, the count never falls.
    /// </summary>
    public IReadOnlyList<EvidenceRow> FirstOccurrences() => Strategies.FirstOccurrences;

    private (EffectiveSampleSize Sample, ChunkedList FirstOccurrences) Strategies => _strategies ??= Count(_rows);

    // Where a metric is given, of the rows that have it.
    private static (EffectiveSampleSize Sample, ChunkedList FirstOccurrences) Count(
        ChunkedList rows,
        Func<EvidenceRow, double?>? metric = null
    )
    {
        using var counts = new StrategyCounts();
        var first = new ChunkedList();
        var alone = 0;
        foreach (var row in rows)
        {
            if (metric is not null && metric(row) is null)
            {
                continue;
            }

            alone += row.Strategy is null ? 1 : 0;
            if (row.Strategy is not { } strategy || counts.Add(strategy))
            {
                first.Add(row);
            }
        }

        return (EffectiveSampleSize.FromClusters(counts.Sizes, alone), first);
    }
}
