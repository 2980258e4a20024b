using RolloutDashboard.Core.Rollouts;
using RolloutDashboard.Core.Rollouts.Gates;
using RolloutDashboard.Core.Rollouts.Gates.Criteria;
using RolloutDashboard.Core.Statistics;
using RolloutDashboard.Core.Strategies.Templates;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Evidence.Comparison;

/// <summary>Compares two sets of iterations; refuses where they were not measured alike. Pure.</summary>
public static class CompareSets
{
    /// <summary>Version of the figures; a report of another one is not recomputed to the digit.</summary>
    public const string Version = "3";

    private const double Proceed = 3;
    private const double Investigate = 2;
    private const int ListedErrors = 5;
    private const int LeastForBounds = 20;
    private const int WorthTwoThreads = 10_000;
    private static readonly Dictionary<string, long> Spaces = TemplateLibrary.All.ToDictionary(template => template.Name, template => template.Schema.SpaceSize);

    public static ComparisonReport Of(string firstName, IReadOnlyList<CheckedIteration> first, string secondName, IReadOnlyList<CheckedIteration> second)
    {
        var (measuredFirst, measuredSecond) = (MeasuredOn.Of(first), MeasuredOn.Of(second));
        var refusals = Refusals(measuredFirst, measuredSecond);
        var caution = Caution(measuredFirst, measuredSecond);
        var asOne = caution is not null;
        ArmEvidence? one = null, zero = null;
        ComparedSide? left = null, right = null;
        ComparedCourse? course = null;
        Parallel.Invoke(
            new ParallelOptions { MaxDegreeOfParallelism = first.Count + second.Count < WorthTwoThreads ? 1 : -1 },
            () => left = Side(firstName, first, one = Evidence(first, asOne)),
            () => right = Side(secondName, second, zero = Evidence(second, asOne)),
            () => course = refusals.Count > 0 ? null : SuccessCourse.Of(firstName, first, secondName, second));
        var ratio = refusals.Count > 0 ? null : Ratio(one!, zero!);
        var sharpe = refusals.Count > 0 ? null : Sharpe(one!, zero!);
        IReadOnlyList<ComparedContrast> contrasts = refusals.Count > 0 ? [] : Contrasts(one!, zero!);
        return new ComparisonReport(Version, Basis(measuredFirst, measuredSecond), refusals, left!, right!, ratio, contrasts, sharpe, course, caution, Verdict(refusals, left!, right!, ratio, contrasts, sharpe));
    }

    /// <summary>Whether the success of the first side is proven to be more, or less, than <paramref name="ratio"/> times the second's.</summary>
    public static bool? IsProven(ComparisonReport report, double ratio) => report.Contrasts.FirstOrDefault(contrast => contrast.Ratio == ratio)?.Holds;

    // Each strategy counts once, so that what is looked at again and again never shrinks.
    private static ComparedContrast[] Contrasts(ArmEvidence one, ArmEvidence zero)
    {
        var strata = ArmRatio.Strata(one.FirstOccurrences(), zero.FirstOccurrences());
        return [.. new[] { 1, Investigate, Proceed }.Select(ratio =>
        {
            var bounds = StratifiedRatio.Contrast(strata, ratio);
            var enough = one.N + zero.N >= LeastForBounds;
            return new ComparedContrast(ratio, bounds.Lower, bounds.Upper, !enough ? null : bounds.Lower > 0 ? true : bounds.Upper < 0 ? false : null);
        })];
    }

    // Nothing is pooled across a change of configuration; where the sides share none, their difference may be that change's.
    private static string? Caution(MeasuredOn first, MeasuredOn second) => first.Segments.Count == 0 || second.Segments.Count == 0 || first.Segments.Overlaps(second.Segments)
        ? null
        : "The sides share no configuration, so they are compared as wholes: whatever else changed between them (stage, share, prompts, time) is in the difference too.";

    private static List<string> Refusals(MeasuredOn first, MeasuredOn second)
    {
        (string Name, Func<MeasuredOn, SortedSet<string>> Of)[] parts =
            [("return basis, costs or dates", one => one.MetricBasis), ("market data", one => one.MarketData), ("engine", one => one.Engine)];
        var refusals = new List<string>();
        foreach (var (name, of) in parts)
        {
            var (left, right) = (of(first), of(second));
            if (left.Count > 0 && right.Count > 0 && !left.SequenceEqual(right, StringComparer.Ordinal))
            {
                refusals.Add($"The two sides differ in {name}: {string.Join(", ", left)} against {string.Join(", ", right)}.");
            }
        }

        return refusals;
    }

    private static ComparedBasis Basis(MeasuredOn first, MeasuredOn second)
    {
        return new ComparedBasis(
            Both(one => one.MetricBasis),
            Both(one => one.MarketData),
            Both(one => one.Engine),
            Both(one => one.Segments),
            Math.Min(first.FirstNumber, second.FirstNumber) is var from && from == long.MaxValue ? 0 : from,
            Math.Max(first.LastNumber, second.LastNumber) is var to && to == long.MinValue ? 0 : to);

        IReadOnlyList<string> Both(Func<MeasuredOn, SortedSet<string>> of) => [.. new SortedSet<string>(of(first).Concat(of(second)), StringComparer.Ordinal)];
    }

    private static ArmEvidence Evidence(IReadOnlyList<CheckedIteration> iterations, bool asOne) =>
        ArmEvidence.Of(iterations.Select(one => CheckedRows.Of(one, asOne ? "" : one.Segment)));

    private static ComparedFinding[] Findings(IReadOnlyList<CheckedIteration> iterations)
    {
        var set = new EvidenceSet { Iterations = iterations, TemplateSpaces = Spaces };
        return [.. EvidenceChecks.RunEach([.. EvidenceChecks.All.Where(check => check.FitsParts)], _ => set).SelectMany(outcome => outcome.Findings)
            .Where(finding => finding.Severity > FindingSeverity.Info).OrderByDescending(finding => finding.Severity).ThenBy(finding => finding.Code, StringComparer.Ordinal)
            .Select(finding => new ComparedFinding(finding.Code, finding.Severity.ToString(), finding.Sentence))];
    }

    private static ComparedSide Side(string name, IReadOnlyList<CheckedIteration> iterations, ArmEvidence arm)
    {
        IReadOnlyList<CheckedIteration> counted = iterations.All(one => one.Counts) ? iterations : [.. iterations.Where(one => one.Counts)];
        var seconds = counted.Where(one => one.Duration is not null).Select(one => one.Duration!.Value.TotalSeconds).ToArray();
        var firsts = arm.FirstOccurrences();
        var successes = firsts.Count(row => row.Succeeded);
        var bounds = ProportionIntervals.Wilson(successes, firsts.Count);
        return new ComparedSide(
            name,
            arm.N,
            arm.Levels,
            arm.Sample.Distinct,
            arm.Sample.Effective,
            new ComparedRate(arm.Successes, arm.N, arm.SuccessRate, arm.ShareInterval(arm.Successes)),
            new ComparedRate(successes, firsts.Count, firsts.Count == 0 ? null : (double)successes / firsts.Count, firsts.Count == 0 ? null : new Interval(bounds.Lower, bounds.Upper)),
            Mean(counted.Select(one => one.SharpeRatio)),
            Mean(counted.Select(one => one.TotalReturn)),
            Mean(counted.Select(one => one.MaxDrawdown)),
            seconds.Length == 0 ? null : seconds.Average(),
            seconds.Length == 0 || arm.Successes == 0 ? null : seconds.Sum() / arm.Successes,
            counted.Any(one => one.CostUsd is not null) && arm.Successes > 0 ? counted.Sum(one => one.CostUsd ?? 0) / arm.Successes : null,
            counted.Where(one => one.ErrorSignature is not null).CountBy(one => one.ErrorSignature!).OrderByDescending(error => error.Value).ThenBy(error => error.Key, StringComparer.Ordinal).Take(ListedErrors).ToDictionary(error => error.Key, error => error.Value),
            Findings(iterations));
    }

    private static double? Mean(IEnumerable<double?> values)
    {
        var (n, sum) = (0, 0.0);
        foreach (var value in values)
        {
            if (value is { } number && double.IsFinite(number))
            {
                sum = n++ == 0 ? number : sum + number;
            }
        }

        return n == 0 ? null : sum / n;
    }

    private static ComparedRatio Ratio(ArmEvidence one, ArmEvidence zero)
    {
        var ratio = ArmRatio.Of(one, zero);
        var zone = ratio.Ratio switch
        {
            null => null,
            >= Proceed => "proceed",
            >= Investigate => "investigate",
            _ => "halt",
        };
        return new ComparedRatio(ratio.Ratio, ratio.Interval, zone, ratio.Note);
    }

    private static ComparedSharpe? Sharpe(ArmEvidence one, ArmEvidence zero)
    {
        var (left, right) = (Sharpes(one), Sharpes(zero));
        if (left.Length < 2 || right.Length < 2)
        {
            return null;
        }

        var difference = MeanComparison.Absolute(ArmMean.FromValues(right), ArmMean.FromValues(left));
        if (difference.StandardError is not > 0)
        {
            return null;
        }

        var welch = difference.Interval();
        double n = left.Length + right.Length;
        var half = ConfidenceSequence.HalfWidth(difference.StandardError, n, 0.05, RatioSequence.DefaultTuning);
        var rank = RankTest.MannWhitney(right, left);
        return new ComparedSharpe(
            difference.Estimate,
            new Interval(welch.Lower, welch.Upper),
            difference.PTwoSided,
            new Interval(difference.Estimate - half, difference.Estimate + half),
            ConfidenceSequence.PValue(difference.Estimate, difference.StandardError, n, 0.05, RatioSequence.DefaultTuning),
            rank.ProbabilityGreater,
            rank.P);
    }

    private static double[] Sharpes(ArmEvidence arm) => [.. arm.FirstOccurrences().Select(row => row.SharpeRatio).OfType<double>().Where(double.IsFinite)];

    private static string Verdict(IReadOnlyList<string> refusals, ComparedSide left, ComparedSide right, ComparedRatio? ratio, IReadOnlyList<ComparedContrast> contrasts, ComparedSharpe? sharpe)
    {
        if (refusals.Count > 0)
        {
            return "Refused: " + string.Join(" ", refusals);
        }

        if (left.N == 0 || right.N == 0)
        {
            return "Nothing to compare: both sides need finished iterations.";
        }

        var success = ratio switch
        {
            { Value: { } value, Zone: var zone } => $"{left.Name} succeeds {Figures.Number(Math.Round(value, 2))} times as often as {right.Name}, in the zone \"{zone}\".",
            { Note: { } note } => $"There is no ratio: {note}.",
            _ => "There is no ratio.",
        };
        var proof = (contrasts.FirstOrDefault(contrast => contrast.Ratio == Investigate)?.Holds, contrasts.FirstOrDefault(contrast => contrast.Ratio == 1)?.Holds) switch
        {
            (true, _) => " That it is more than twice as often is proven, however often one has looked.",
            (_, true) => " That it is more often at all is proven, however often one has looked; more than twice is not.",
            (_, false) => " That it is less often is proven, however often one has looked.",
            _ => " A difference of the success rates is not proven.",
        };
        var quality = sharpe switch
        {
            null => " Too few measured strategies to compare Sharpe ratios.",
            { Sequential.Lower: > 0 } => " Its mean Sharpe is higher, at every look.",
            { Sequential.Upper: < 0 } => " Its mean Sharpe is lower, at every look.",
            _ => " A difference of the mean Sharpe ratios is not proven.",
        };
        return success + proof + quality;
    }
}
