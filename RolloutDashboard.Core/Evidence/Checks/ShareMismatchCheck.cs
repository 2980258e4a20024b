using RolloutDashboard.Core.Statistics;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.Figures;

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
        var assigned = set
            .Iterations.Where(one => one.Kind == IterationKind.Generated && one.ConfiguredShare is not null)
            .ToArray();
        var strata = assigned
            .GroupBy(one => one.ConfiguredShare!.Value)
            .Select(group =>
                (
                    First: (double)group.Count(one => one.AssignedMode == GenerationMode.Json),
                    Total: (double)group.Count(),
                    Share: group.Key
                )
            )
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
            new Dictionary<string, double>
            {
                ["json"] = json,
                ["expected_json"] = expected,
                ["n"] = assigned.Length,
                ["p"] = p,
            },
            assigned.Select(one => one.Number).ToArray(),
            $"{FigureFormatter.Count((long)json)} of {FigureFormatter.Count(assigned.Length)} iterations were assigned JSON, where {FigureFormatter.Count((long)Math.Round(expected))} were to be expected; chance does that less than once in a thousand.",
            "Look for records that were lost on one side, or an assignment that does not follow the configuration."
        );
    }
}
