using RolloutDashboard.Core.Evidence.Comparisons.Reports;
using RolloutDashboard.Core.Evidence.Histories;
using RolloutDashboard.Core.Gates.Criteria.Rates;
using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Statistics;

namespace RolloutDashboard.Core.Evidence.Comparisons;

/// <summary>
/// Compares two sets of iterations. Refuses where they were not measured alike; where a side has a blocking finding, or
/// the sides answer different requests, it shows figures and proves nothing. Pure.
/// </summary>
public static class CompareSets
{
    /// <summary>Version of the figures; a report of another one is not recomputed to the digit.</summary>
    public const string Version = "4";

    private const int LeastForBounds = 20;

    /// <summary>Any two sets, by the plan's gate.</summary>
    public static ComparisonReport Of(
        string firstName,
        IReadOnlyList<CheckedIteration> first,
        string secondName,
        IReadOnlyList<CheckedIteration> second
    ) => Of(new ComparedSet(firstName, first), new ComparedSet(secondName, second), ComparisonTerms.AnySets);

    public static ComparisonReport Of(ComparedSet first, ComparedSet second, ComparisonTerms terms)
    {
        var (measuredFirst, measuredSecond) = (
            MeasurementBasis.Of(first.Iterations),
            MeasurementBasis.Of(second.Iterations)
        );
        var refusals = Refusals(measuredFirst, measuredSecond);
        var caution = Caution(measuredFirst, measuredSecond);
        var asOne = caution is not null;
        var isSameMode = terms.Question == ComparisonQuestion.SameMode;
        var (one, zero) = (Evidence(first.Iterations, asOne), Evidence(second.Iterations, asOne));
        var left = SideFigures.Of(first, one, terms.FirstDismissed, isSameMode);
        var right = SideFigures.Of(second, zero, terms.SecondDismissed, isSameMode);
        var course =
            refusals.Count > 0
                ? null
                : CumulativeSuccessSeries.Of(first.Name, first.Iterations, second.Name, second.Iterations);
        var standing = Standing(refusals, left, right, RequestMix.Differs(first.Iterations, second.Iterations));
        var isCompared = standing == ComparisonStanding.Compared;
        var ratio = refusals.Count > 0 ? null : Ratio(one, zero, isCompared && caution is null ? terms : null);
        var report = new ComparisonReport(
            Version,
            Basis(measuredFirst, measuredSecond),
            refusals,
            left,
            right,
            ratio,
            isCompared ? Contrasts(one, zero, terms.Gate ?? GateRatios.Plan) : [],
            isCompared ? ComparedSharpes.Of(one, zero) : null,
            course,
            caution,
            ""
        )
        {
            Standing = standing,
            Question = terms.Question,
            Gate = terms.Gate,
        };
        return report with { Verdict = ComparisonVerdict.Of(report) };
    }

    private static ComparisonStanding Standing(
        IReadOnlyList<string> refusals,
        ComparedSide left,
        ComparedSide right,
        bool requestsDiffer
    ) =>
        refusals.Count > 0 ? ComparisonStanding.Refused
        : left.N == 0 || right.N == 0 ? ComparisonStanding.Empty
        : left.Findings.Concat(right.Findings).Any(finding => finding.Blocks) ? ComparisonStanding.Blocked
        : requestsDiffer ? ComparisonStanding.NotComparable
        : ComparisonStanding.Compared;

    // Each strategy counts once, so that what is looked at again and again never shrinks.
    private static ComparedContrast[] Contrasts(ArmEvidence one, ArmEvidence zero, GateRatios gate)
    {
        var strata = ArmRatio.Strata(one.FirstOccurrences(), zero.FirstOccurrences());
        var enough = one.N + zero.N >= LeastForBounds;
        return
        [
            .. new[] { 1, gate.Proven, gate.Target }
                .Distinct()
                .Order()
                .Select(ratio =>
                {
                    var bounds = StratifiedRatio.Contrast(strata, ratio);
                    return new ComparedContrast(
                        ratio,
                        bounds.Lower,
                        bounds.Upper,
                        !enough ? null
                            : bounds.Lower > 0 ? true
                            : bounds.Upper < 0 ? false
                            : null
                    );
                }),
        ];
    }

    // Nothing is pooled across a change of configuration; where the sides share none, their difference may be that
    // change's.
    private static string? Caution(MeasurementBasis first, MeasurementBasis second) =>
        first.Segments.Count == 0 || second.Segments.Count == 0 || first.Segments.Overlaps(second.Segments)
            ? null
            : "The sides share no configuration, so they are compared as wholes: whatever else changed between them (stage, share, prompts, time) is in the difference too.";

    private static List<string> Refusals(MeasurementBasis first, MeasurementBasis second)
    {
        (string Name, Func<MeasurementBasis, SortedSet<string>> Of)[] parts =
        [
            ("return basis, costs or dates", one => one.MetricBasis),
            ("market data", one => one.MarketData),
            ("engine", one => one.Engine),
        ];
        var refusals = new List<string>();
        foreach (var (name, of) in parts)
        {
            var (left, right) = (of(first), of(second));
            if (left.Count > 0 && right.Count > 0 && !left.SequenceEqual(right, StringComparer.Ordinal))
            {
                refusals.Add(
                    $"The two sides differ in {name}: {string.Join(", ", left)} against {string.Join(", ", right)}."
                );
            }
        }

        return refusals;
    }

    private static ComparedBasis Basis(MeasurementBasis first, MeasurementBasis second)
    {
        return new ComparedBasis(
            Both(one => one.MetricBasis),
            Both(one => one.MarketData),
            Both(one => one.Engine),
            Both(one => one.Segments),
            Math.Min(first.FirstNumber, second.FirstNumber) is var from && from == long.MaxValue ? 0 : from,
            Math.Max(first.LastNumber, second.LastNumber) is var to && to == long.MinValue ? 0 : to
        );

        IReadOnlyList<string> Both(Func<MeasurementBasis, SortedSet<string>> of) =>
            [.. new SortedSet<string>(of(first).Concat(of(second)), StringComparer.Ordinal)];
    }

    private static ArmEvidence Evidence(IReadOnlyList<CheckedIteration> iterations, bool asOne) =>
        ArmEvidence.Of(iterations.Select(one => CheckedRows.Of(one, asOne ? "" : one.Segment)));

    /// <param name="terms">Null where no zone applies, whatever is asked.</param>
    private static ComparedRatio Ratio(ArmEvidence one, ArmEvidence zero, ComparisonTerms? terms)
    {
        var ratio = ArmRatio.Of(one, zero);
        var zone =
            terms is { Question: ComparisonQuestion.Modes, Gate: { } gate }
            && one.N >= gate.MinimumSamples
            && zero.N >= gate.MinimumSamples
                ? ratio.Ratio switch
                {
                    null => null,
                    { } value when value >= gate.Target => "proceed",
                    { } value when value >= gate.Halt => "investigate",
                    _ => "halt",
                }
                : null;
        return new ComparedRatio(ratio.Ratio, ratio.Interval, zone, null) { Gap = ratio.Gap };
    }
}
