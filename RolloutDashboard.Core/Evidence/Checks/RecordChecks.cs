using RolloutDashboard.Core.Iterations;
using RolloutDashboard.Core.Rollouts.Gates;
using RolloutDashboard.Core.Statistics;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Evidence.Checks;

/// <summary>Mode share that does not fit the configured one: p below 0.001, at least 8 expected in each arm.</summary>
internal sealed class ShareMismatchCheck : IEvidenceCheck
{
    private const double Significance = 0.001;
    private const int MinimumPerArm = 8;

    public string Code => "share-mismatch";

    public bool FitsParts => false;

    public IEnumerable<Finding> Check(EvidenceSet set)
    {
        var assigned = set.Iterations.Where(one => one.Kind == IterationKind.Generated && one.ConfiguredShare is not null).ToArray();
        var strata = assigned.GroupBy(one => one.ConfiguredShare!.Value)
            .Select(group => (First: (double)group.Count(one => one.AssignedMode == GenerationMode.Json), Total: (double)group.Count(), Share: group.Key))
            .ToArray();
        var expected = strata.Sum(stratum => stratum.Total * stratum.Share);
        var json = strata.Sum(stratum => stratum.First);
        var p = SampleRatio.PStratified(strata);
        if (Math.Min(expected, assigned.Length - expected) < MinimumPerArm || p >= Significance)
        {
            yield break;
        }

        yield return new Finding(
            Code,
            FindingSeverity.Blocking,
            "share",
            new Dictionary<string, double> { ["json"] = json, ["expected_json"] = expected, ["n"] = assigned.Length, ["p"] = p },
            assigned.Select(one => one.Number).ToArray(),
            $"{Figures.Count((long)json)} of {Figures.Count(assigned.Length)} iterations were assigned JSON, where {Figures.Count((long)Math.Round(expected))} were to be expected; chance does that less than once in a thousand.",
            "Look for records that were lost on one side, or an assignment that does not follow the configuration.");
    }
}

/// <summary>Stored levels that their own metrics contradict.</summary>
internal sealed class LevelMismatchCheck : IEvidenceCheck
{
    public string Code => "level-mismatch";

    public IEnumerable<Finding> Check(EvidenceSet set)
    {
        var wrong = set.Iterations.Where(Contradicts).ToArray();
        if (wrong.Length > 0)
        {
            var inflated = wrong.Count(one => one.Level > Computed(one));
            yield return new Finding(
                Code,
                FindingSeverity.Blocking,
                "level",
                new Dictionary<string, double> { ["wrong"] = wrong.Length, ["too_high"] = inflated, ["n"] = set.Iterations.Count },
                wrong.Select(one => one.Number).ToArray(),
                $"{Figures.Count(wrong.Length)} of {Figures.Count(set.Iterations.Count)} stored levels are contradicted by their own metrics, {inflated} of them are too high.",
                "Use the levels computed from the metrics; find out who wrote the others.");
        }
    }

    private static bool Contradicts(CheckedIteration one) =>
        one is { Status: IterationStatus.Finished, Level: not null } && one.Level != Computed(one);

    private static SuccessLevel Computed(CheckedIteration one) => Classifier.Classify(
        one.Executed ?? (one.SharpeRatio ?? one.TotalReturn ?? one.MaxDrawdown) is not null || one.Level is SuccessLevel.Executed,
        one.SharpeRatio,
        one.TotalReturn,
        one.MaxDrawdown);
}

/// <summary>Iterations measured on different bases.</summary>
internal sealed class MetricBasisCheck : IEvidenceCheck
{
    public string Code => "metric-basis";

    public bool FitsParts => false;

    public IEnumerable<Finding> Check(EvidenceSet set)
    {
        (string Name, Func<CheckedIteration, string?> Of)[] parts =
            [("metric basis", one => one.MetricBasis), ("market data", one => one.MarketDataVersion), ("engine", one => one.EngineVersion)];
        foreach (var (name, of) in parts)
        {
            var json = Bases(set, GenerationMode.Json, of);
            var full = Bases(set, GenerationMode.FullCode, of);
            if (json.Count > 0 && full.Count > 0 && !json.SetEquals(full))
            {
                var odd = json.Union(full).Except(json.Intersect(full)).ToHashSet();
                yield return new Finding(
                    Code,
                    FindingSeverity.Blocking,
                    name,
                    new Dictionary<string, double> { ["json_bases"] = json.Count, ["full_code_bases"] = full.Count },
                    set.Iterations.Where(one => of(one) is { } basis && odd.Contains(basis)).Select(one => one.Number).ToArray(),
                    $"The arms were not measured alike: their {name} differs ({string.Join(" / ", odd.Order().Take(3))}). The comparison is refused, not averaged.",
                    "Measure both arms on the same data, dates, costs and definitions, then compare.");
            }
        }
    }

    private static HashSet<string> Bases(EvidenceSet set, GenerationMode mode, Func<CheckedIteration, string?> of) =>
        set.Arm(mode).Select(of).OfType<string>().ToHashSet(StringComparer.Ordinal);
}

/// <summary>Gaps, duplicates, fewer records than iterations begun, and a clock that goes back without a correction that was told.</summary>
internal sealed class MissingRecordsCheck : IEvidenceCheck
{
    private const int ListedGaps = 1000;

    public string Code => "missing-records";

    public bool FitsParts => false;

    public EvidenceScope Scope => EvidenceScope.Rollout;

    public IEnumerable<Finding> Check(EvidenceSet set)
    {
        var numbers = set.Iterations.Select(one => one.Number).ToHashSet();
        var last = numbers.Count == 0 ? set.FirstNumber - 1 : Math.Max(numbers.Max(), set.FirstNumber - 1);
        var expected = Math.Max(last - set.FirstNumber + 1, set.Begun ?? 0);
        var present = numbers.Count(number => number >= set.FirstNumber);
        if (present < expected)
        {
            var gaps = Range(set.FirstNumber, set.FirstNumber + expected - 1).Where(number => !numbers.Contains(number)).Take(ListedGaps).ToArray();
            yield return new Finding(
                Code,
                FindingSeverity.Blocking,
                "missing",
                new Dictionary<string, double> { ["missing"] = expected - present, ["expected"] = expected, ["present"] = present },
                gaps,
                $"{Figures.Count(expected - present)} of {Figures.Count(expected)} iterations have no record; nobody knows how they ended.",
                "Find the missing records, or count them as failures of their arm.");
        }

        long[] duplicates = numbers.Count == set.Iterations.Count ? [] : [.. set.Iterations.CountBy(one => one.Number).Where(pair => pair.Value > 1).Select(pair => pair.Key)];
        if (duplicates.Length > 0)
        {
            yield return new Finding(
                Code,
                FindingSeverity.Blocking,
                "duplicates",
                new Dictionary<string, double> { ["duplicates"] = duplicates.Length },
                duplicates,
                $"{Figures.Count(duplicates.Length)} iteration numbers are there more than once.",
                "Separate the runs, or remove the copies; a copy is no evidence.");
        }

        var back = set.Iterations.Zip(set.Iterations.Skip(1)).Where(pair => pair.Second.StartedAt < pair.First.StartedAt && !set.Corrections.Any(one => one.Explains(pair.First, pair.Second)))
            .Select(pair => pair.Second.Number).ToArray();
        if (back.Length > 0)
        {
            yield return new Finding(
                Code,
                FindingSeverity.Warning,
                "clock",
                new Dictionary<string, double> { ["backward_steps"] = back.Length },
                back,
                $"The clock goes back {Figures.Count(back.Length)} times from one record to the next.",
                "Check the order of the records and the machine's clock; windows by time can't be trusted.");
        }
    }

    private static IEnumerable<long> Range(long first, long last)
    {
        for (var number = first; number <= last; number++)
        {
            yield return number;
        }
    }
}

/// <summary>An arm of at least 50 records without a single failure, in a set where at least a tenth as many records are missing.</summary>
internal sealed class SurvivorshipCheck : IEvidenceCheck
{
    private const int Minimum = 50;
    private const double MissingShare = 0.1;

    public string Code => "survivorship";

    public bool FitsParts => false;

    public IEnumerable<Finding> Check(EvidenceSet set)
    {
        foreach (var group in set.Groups.Where(group => group.Counts))
        {
            var arm = group.Iterations;
            if (arm.Count >= Minimum && arm.All(one => one.Fingerprint is not null && one.Level is not SuccessLevel.Failed) && Gaps(set) is var gaps && gaps >= arm.Count * MissingShare)
            {
                yield return new Finding(
                    Code,
                    FindingSeverity.Blocking,
                    group.Subject,
                    new Dictionary<string, double> { ["n"] = arm.Count, ["unrecorded"] = gaps },
                    arm.Select(one => one.Number).ToArray(),
                    $"None of {Figures.Count(arm.Count)} {group.Name} records is a failure, while {gaps} iterations have no record at all: only what survived was written down.",
                    "Record failures to generate as Level 0; without them every rate is too high.");
            }
        }
    }

    private static long Gaps(EvidenceSet set)
    {
        var present = set.Iterations.Select(one => one.Number).Distinct().Count();
        var last = set.Iterations.Select(one => one.Number).DefaultIfEmpty(set.FirstNumber - 1).Max();
        return Math.Max(last - set.FirstNumber + 1, set.Begun ?? 0) - present;
    }
}
