using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Statistics;
using RolloutDashboard.Core.Vocabulary.Figures;

namespace RolloutDashboard.Core.Gates.Criteria.Rates;

/// <summary>The ratio of two arms with its interval on the effective n, stratified by segment.</summary>
/// <param name="Ratio">Null where it cannot be computed; the gap says why.</param>
public sealed record ArmRatio(double? Ratio, Interval? Interval, RatioGap Gap = RatioGap.None)
{
    /// <summary>Why there is no ratio of JSON to full code, in words; null where there is one.</summary>
    public string? Note =>
        Gap switch
        {
            RatioGap.EmptyArm => "Both arms need finished iterations.",
            RatioGap.NoSuccess => "no success in either arm",
            RatioGap.NoDenominator => "no full-code success",
            RatioGap.NoSharedSegment => "no segment holds both arms",
            _ => null,
        };

    /// <param name="json">The arm that is divided; a comparison of other sets gives its first side.</param>
    /// <param name="full">The arm that is divided by.</param>
    public static ArmRatio Of(ArmEvidence json, ArmEvidence full)
    {
        if (json.N == 0 || full.N == 0)
        {
            return new ArmRatio(null, null, RatioGap.EmptyArm);
        }

        var strata = Strata(json.Rows, full.Rows);
        var ratio = StratifiedRatio.Point(strata);
        var bounds = StratifiedRatio.Interval(strata.Select(arms => Effective(arms, json, full)).ToArray());
        Interval? interval =
            double.IsNaN(bounds.Lower) || double.IsNaN(bounds.Upper) ? null : new Interval(bounds.Lower, bounds.Upper);
        return (json.Successes, full.Successes) switch
        {
            (0, 0) => new ArmRatio(null, null, RatioGap.NoSuccess),
            (_, 0) => new ArmRatio(null, interval, RatioGap.NoDenominator),
            _ when double.IsFinite(ratio) => new ArmRatio(ratio, interval),
            _ => new ArmRatio(null, null, RatioGap.NoSharedSegment),
        };
    }

    /// <summary>Counts of both arms by segment.</summary>
    public static IReadOnlyList<TwoArms> Strata(IReadOnlyList<EvidenceRow> json, IReadOnlyList<EvidenceRow> full)
    {
        var segments = new OrderedDictionary<string, (int[] Json, int[] Full)>(StringComparer.Ordinal);
        Count(json, segment => segment.Json);
        Count(full, segment => segment.Full);
        return
        [
            .. segments.Values.Select(segment => new TwoArms(
                segment.Json[1],
                segment.Json[0],
                segment.Full[1],
                segment.Full[0]
            )),
        ];

        // Trials, then successes; looked up where the segment changes, which it seldom does.
        void Count(IReadOnlyList<EvidenceRow> rows, Func<(int[] Json, int[] Full), int[]> arm)
        {
            var (key, counts) = ((string?)null, (int[])[0, 0]);
            foreach (var row in rows)
            {
                if (!ReferenceEquals(row.SegmentKey, key))
                {
                    key = row.SegmentKey;
                    if (!segments.TryGetValue(key, out var segment))
                    {
                        segments[key] = segment = ([0, 0], [0, 0]);
                    }

                    counts = arm(segment);
                }

                counts[0]++;
                counts[1] += row.Succeeded ? 1 : 0;
            }
        }
    }

    private static TwoArms Effective(TwoArms arms, ArmEvidence json, ArmEvidence full)
    {
        var (one, zero) = (json.Sample.Effective / json.N, full.Sample.Effective / full.N);
        return new TwoArms(arms.Successes1 * one, arms.Trials1 * one, arms.Successes0 * zero, arms.Trials0 * zero);
    }
}
