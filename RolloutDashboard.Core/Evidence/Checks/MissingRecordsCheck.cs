using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.Figures;

namespace RolloutDashboard.Core.Evidence.Checks;

/// <summary>Gaps, duplicates, fewer records than iterations begun, and a clock that goes back without a correction that
/// was told.</summary>
internal sealed class MissingRecordsCheck : IEvidenceCheck
{
    private const int ListedGaps = 1000;

    public string Code => "missing-records";

    public bool FitsParts => false;

    public EvidenceScope Scope => EvidenceScope.Rollout;

    public IEnumerable<Finding> Check(EvidenceSet set)
    {
        var numbers = set.Iterations.Select(one => one.Number).ToHashSet();
        if (Missing(set, numbers) is { } missing)
        {
            yield return missing;
        }

        if (Duplicates(set, numbers) is { } copies)
        {
            yield return copies;
        }

        if (BackwardSteps(set) is { } back)
        {
            yield return back;
        }
    }

    private Finding? Missing(EvidenceSet set, HashSet<long> numbers)
    {
        var last = numbers.Count == 0 ? set.FirstNumber - 1 : Math.Max(numbers.Max(), set.FirstNumber - 1);
        var expected = Math.Max(last - set.FirstNumber + 1, set.Begun ?? 0);
        var present = numbers.Count(number => number >= set.FirstNumber);
        if (present >= expected)
        {
            return null;
        }

        var gaps = Range(set.FirstNumber, set.FirstNumber + expected - 1)
            .Where(number => !numbers.Contains(number))
            .Take(ListedGaps)
            .ToArray();
        return new Finding(
            Code,
            FindingSeverity.Blocking,
            "missing",
            new Dictionary<string, double>
            {
                ["missing"] = expected - present,
                ["expected"] = expected,
                ["present"] = present,
            },
            gaps,
            $"{FigureFormatter.Count(expected - present)} of {FigureFormatter.Count(expected)} iterations have no record; nobody knows how they ended.",
            "Find the missing records, or count them as failures of their arm."
        );
    }

    private Finding? Duplicates(EvidenceSet set, HashSet<long> numbers)
    {
        long[] duplicates =
            numbers.Count == set.Iterations.Count
                ? []
                : [.. set.Iterations.CountBy(one => one.Number).Where(pair => pair.Value > 1).Select(pair => pair.Key)];
        return duplicates.Length == 0
            ? null
            : new Finding(
                Code,
                FindingSeverity.Blocking,
                "duplicates",
                new Dictionary<string, double> { ["duplicates"] = duplicates.Length },
                duplicates,
                $"{FigureFormatter.Count(duplicates.Length)} iteration numbers are there more than once.",
                "Separate the runs, or remove the copies; a copy is no evidence."
            );
    }

    private Finding? BackwardSteps(EvidenceSet set)
    {
        var back = set
            .Iterations.Zip(set.Iterations.Skip(1))
            .Where(pair =>
                pair.Second.StartedAt < pair.First.StartedAt
                && !set.Corrections.Any(one => one.Explains(pair.First, pair.Second))
            )
            .Select(pair => pair.Second.Number)
            .ToArray();
        return back.Length == 0
            ? null
            : new Finding(
                Code,
                FindingSeverity.Warning,
                "clock",
                new Dictionary<string, double> { ["backward_steps"] = back.Length },
                back,
                $"The clock goes back {FigureFormatter.Count(back.Length)} times from one record to the next.",
                "Check the order of the records and the machine's clock; windows by time can't be trusted."
            );
    }

    private static IEnumerable<long> Range(long first, long last)
    {
        for (var number = first; number <= last; number++)
        {
            yield return number;
        }
    }
}
