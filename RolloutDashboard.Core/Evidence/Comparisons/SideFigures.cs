using RolloutDashboard.Core.Evidence.Comparisons.Reports;
using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Statistics;
using RolloutDashboard.Core.Strategies.Templates;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.Figures;

namespace RolloutDashboard.Core.Evidence.Comparisons;

/// <summary>The figures of one side, by values that can be results; what is left out is counted.</summary>
internal static class SideFigures
{
    private const int ListedErrors = 5;
    private const string SameKind = "arm-contamination";
    private static readonly Dictionary<string, long> Spaces = TemplateLibrary.All.ToDictionary(
        template => template.Name,
        template => template.Schema.SpaceSize
    );

    /// <param name="dismissed">Findings that a person took the weight of.</param>
    /// <param name="isSameMode">Whether both sides hold one kind of strategy by design.</param>
    public static ComparedSide Of(
        ComparedSet set,
        ArmEvidence arm,
        IReadOnlyList<DismissedFinding> dismissed,
        bool isSameMode
    )
    {
        var counted = Counting(set.Iterations);
        var own = counted.Where(one => !one.FellBack);
        var seconds = counted
            .Where(one => one.Duration is not null)
            .Select(one => one.Duration!.Value.TotalSeconds)
            .ToArray();
        var sharpe = Mean(own.Select(one => one.SharpeRatio), PlausibleMetrics.IsSharpe);
        var total = Mean(own.Select(one => one.TotalReturn), PlausibleMetrics.IsTotalReturn);
        var drawdown = Mean(own.Select(one => one.MaxDrawdown), PlausibleMetrics.IsMaxDrawdown);
        return new ComparedSide(
            set.Name,
            arm.N,
            arm.Levels,
            arm.Sample.Distinct - Unknown(counted),
            arm.Sample.Effective,
            new ComparedRate(arm.Successes, arm.N, arm.SuccessRate, arm.ShareInterval(arm.Successes)),
            Deduplicated(arm),
            sharpe.Value,
            total.Value,
            drawdown.Value,
            seconds.Length == 0 ? null : seconds.Average(),
            seconds.Length == 0 || arm.Successes == 0 ? null : seconds.Sum() / arm.Successes,
            CostPerSuccess(counted, arm.Successes),
            MostFrequentErrors(counted),
            Findings(set.Iterations, dismissed, isSameMode)
        )
        {
            UnknownStrategies = Unknown(counted),
            LeftOut = new LeftOutValues(sharpe.LeftOut, total.LeftOut, drawdown.LeftOut),
        };
    }

    private static IReadOnlyList<CheckedIteration> Counting(IReadOnlyList<CheckedIteration> rows) =>
        rows.All(one => one.Counts) ? rows : [.. rows.Where(one => one.Counts)];

    private static ComparedRate Deduplicated(ArmEvidence arm)
    {
        var firsts = arm.FirstOccurrences();
        var successes = firsts.Count(row => row.Succeeded);
        var bounds = ProportionIntervals.Wilson(successes, firsts.Count);
        return new ComparedRate(
            successes,
            firsts.Count,
            firsts.Count == 0 ? null : (double)successes / firsts.Count,
            firsts.Count == 0 ? null : new Interval(bounds.Lower, bounds.Upper)
        );
    }

    private static double? CostPerSuccess(IReadOnlyList<CheckedIteration> counted, int successes) =>
        counted.Any(one => one.CostUsd is not null) && successes > 0
            ? counted.Sum(one => one.CostUsd ?? 0) / successes
            : null;

    private static Dictionary<string, int> MostFrequentErrors(IReadOnlyList<CheckedIteration> counted) =>
        counted
            .Where(one => one.ErrorSignature is not null)
            .CountBy(one => one.ErrorSignature!)
            .OrderByDescending(error => error.Value)
            .ThenBy(error => error.Key, StringComparer.Ordinal)
            .Take(ListedErrors)
            .ToDictionary(error => error.Key, error => error.Value);

    private static int Unknown(IEnumerable<CheckedIteration> counted) =>
        counted.Count(one => one.Fingerprint is null && one.Level is not (null or SuccessLevel.Failed));

    private static ComparedFinding[] Findings(
        IReadOnlyList<CheckedIteration> iterations,
        IReadOnlyList<DismissedFinding> dismissed,
        bool isSameMode
    )
    {
        var set = new EvidenceSet { Iterations = iterations, TemplateSpaces = Spaces };
        var outcomes = EvidenceChecks.RunEach([.. EvidenceChecks.All.Where(check => check.FitsParts)], _ => set);

        // A check that fails has cleared nothing.
        var faults = outcomes
            .Where(outcome => outcome.Fault is not null)
            .Select(outcome => new ComparedFinding(
                outcome.Code,
                nameof(FindingSeverity.Blocking),
                $"The check failed: {outcome.Fault}"
            ));
        var found = outcomes
            .SelectMany(outcome => outcome.Findings)
            .Where(finding => finding.Severity > FindingSeverity.Info)
            .OrderByDescending(finding => finding.Severity)
            .ThenBy(finding => finding.Code, StringComparer.Ordinal)
            .Select(finding => new ComparedFinding(finding.Code, finding.Severity.ToString(), finding.Sentence)
            {
                IsExpected = isSameMode && finding.Code == SameKind,
                DismissedBy = dismissed
                    .FirstOrDefault(one => one.Code == finding.Code && one.Subject == finding.Subject)
                    ?.By,
            });
        return [.. faults, .. found];
    }

    private static (double? Value, int LeftOut) Mean(IEnumerable<double?> values, Func<double, bool> isPlausible)
    {
        var (n, sum, leftOut) = (0, 0.0, 0);
        foreach (var value in values)
        {
            if (value is { } number)
            {
                if (isPlausible(number))
                {
                    sum = n++ == 0 ? number : sum + number;
                }
                else
                {
                    leftOut++;
                }
            }
        }

        return (n == 0 ? null : sum / n, leftOut);
    }
}
