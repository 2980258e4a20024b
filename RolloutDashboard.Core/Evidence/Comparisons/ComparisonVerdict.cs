using RolloutDashboard.Core.Evidence.Comparisons.Reports;
using RolloutDashboard.Core.Gates.Criteria.Rates;
using RolloutDashboard.Core.Vocabulary.Figures;

namespace RolloutDashboard.Core.Evidence.Comparisons;

/// <summary>The verdict of a comparison in words. It claims something only where the sides may be compared.</summary>
internal static class ComparisonVerdict
{
    /// <summary>Why the arms of stage 3.1 have no comparable ratio, and which ones have.</summary>
    public const string DifferentRequests =
        "Not comparable: in stage 3.1 the request decides the mode, so the two sides answer different requests; compare the modes from stage 3.2 on.";

    public static string Of(ComparisonReport report) =>
        report.Standing switch
        {
            ComparisonStanding.Refused => "Refused: " + string.Join(" ", report.Refusals),
            ComparisonStanding.Empty => $"Nothing to compare: {Empty(report)} no finished iteration.",
            ComparisonStanding.Blocked => Blocked(report),
            ComparisonStanding.NotComparable => DifferentRequests,
            _ => Success(report) + Proof(report) + Quality(report),
        };

    /// <summary>Blocking findings of both sides, for the head of the report.</summary>
    public static IEnumerable<(ComparedSide Side, ComparedFinding Finding)> Blocking(ComparisonReport report) =>
        new[] { report.First, report.Second }.SelectMany(side =>
            side.Findings.Where(finding => finding.Blocks).Select(finding => (side, finding))
        );

    private static string Empty(ComparisonReport report) =>
        (report.First.N, report.Second.N) switch
        {
            (0, 0) => "both sides hold",
            (0, _) => $"{report.First.Name} holds",
            _ => $"{report.Second.Name} holds",
        };

    private static string Blocked(ComparisonReport report)
    {
        var findings = Blocking(report)
            .GroupBy(pair => pair.Side.Name)
            .Select(side =>
                $"{side.Key} ({string.Join(", ", side.Select(pair => pair.Finding.Code).Distinct(StringComparer.Ordinal))})"
            );
        return $"No verdict: the evidence is blocked on the side of {string.Join(" and of ", findings)}. The figures describe the records; they prove nothing until the findings are settled.";
    }

    private static string Success(ComparisonReport report)
    {
        var (first, second) = (report.First, report.Second);
        return report.Ratio switch
        {
            { Value: 0 } =>
                $"{first.Name} has no success in {FigureFormatter.Count(first.N)} iterations; {second.Name} succeeds in {Of(second)}.",
            { Value: { } value } ratio =>
                $"{first.Name} succeeds {FigureFormatter.ShortNumber(Math.Round(value, 2))} times as often as {second.Name}{Zone(report, ratio)}.",
            { Gap: RatioGap.NoSuccess } => "There is no ratio: neither side has a success.",
            { Gap: RatioGap.NoDenominator } =>
                $"There is no ratio: {second.Name} has no success in {FigureFormatter.Count(second.N)} iterations; {first.Name} succeeds in {Of(first)}.",
            _ => "There is no ratio: no configuration holds both sides.",
        };
    }

    private static string Of(ComparedSide side) =>
        $"{FigureFormatter.Count(side.Raw.Successes)} of {FigureFormatter.Count(side.N)}";

    private static string Zone(ComparisonReport report, ComparedRatio ratio) =>
        ratio.Zone is { } zone && report.Gate is { } gate
            ? $", in the zone \"{zone}\" of gate 3.2 (version {gate.Version})"
            : "";

    private static string Proof(ComparisonReport report)
    {
        var (first, proven) = (report.First.Name, (report.Gate ?? GateRatios.Plan).Proven);
        return (Holds(report, proven), Holds(report, 1)) switch
        {
            (true, _) =>
                $" That {first} succeeds more than {FigureFormatter.ShortNumber(proven)} times as often is proven, however often one has looked.",
            (_, true) =>
                $" That {first} succeeds more often at all is proven, however often one has looked; more than {FigureFormatter.ShortNumber(proven)} times is not.",
            (_, false) => $" That {first} succeeds less often is proven, however often one has looked.",
            _ => " A difference of the success rates is not proven.",
        };
    }

    private static bool? Holds(ComparisonReport report, double ratio) =>
        report.Contrasts.FirstOrDefault(contrast => contrast.Ratio == ratio)?.Holds;

    private static string Quality(ComparisonReport report) =>
        report.Sharpe switch
        {
            null => " The Sharpe ratios are too few, or too much alike, to compare them.",
            { Sequential.Lower: > 0 } => $" The mean Sharpe of {report.First.Name} is higher, at every look.",
            { Sequential.Upper: < 0 } => $" The mean Sharpe of {report.First.Name} is lower, at every look.",
            _ => " A difference of the mean Sharpe ratios is not proven.",
        };
}
