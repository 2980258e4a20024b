using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.Figures;

namespace RolloutDashboard.Core.Evidence.Checks;

/// <summary>An arm of at least 50 records without a single failure, in a set where at least a tenth as many records are
/// missing.</summary>
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
            if (
                arm.Count >= Minimum
                && arm.All(one => one.Fingerprint is not null && one.Level is not SuccessLevel.Failed)
                && Gaps(set) is var gaps
                && gaps >= arm.Count * MissingShare
            )
            {
                yield return new Finding(
                    Code,
                    FindingSeverity.Blocking,
                    group.Subject,
                    new Dictionary<string, double> { ["n"] = arm.Count, ["unrecorded"] = gaps },
                    arm.Select(one => one.Number).ToArray(),
                    $"None of {FigureFormatter.Count(arm.Count)} {group.Name} records is a failure, while {gaps} iterations have no record at all: only what survived was written down.",
                    "Record failures to generate as Level 0; without them every rate is too high."
                );
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
