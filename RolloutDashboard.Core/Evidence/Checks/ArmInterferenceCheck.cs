using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.Figures;

namespace RolloutDashboard.Core.Evidence.Checks;

/// <summary>Iterations that were shown the champion or feedback of the other arm, or a strategy of another
/// lineage.</summary>
internal sealed class ArmInterferenceCheck : IEvidenceCheck
{
    public string Code => "arm-interference";

    public IEnumerable<Finding> Check(EvidenceSet set)
    {
        var counted = set.Iterations.Where(one => one.Counts).ToArray();
        var taught = counted
            .Where(one => one.ShownArms.Any(arm => arm != one.AssignedMode && !IsOwnFallback(one, arm)))
            .Select(one => one.Number)
            .ToArray();
        var crossed = counted.Where(one => one.ShownOtherLineage).ToArray();
        if (crossed.Length > 0)
        {
            yield return BetweenLineages(crossed, counted.Length);
        }

        if (taught.Length > 0)
        {
            yield return new Finding(
                Code,
                FindingSeverity.Warning,
                "prompt",
                new Dictionary<string, double> { ["taught"] = taught.Length, ["n"] = counted.Length },
                taught,
                $"{FigureFormatter.Count(taught.Length)} of {FigureFormatter.Count(counted.Length)} iterations were shown the other arm's champion or feedback, so the arms are not independent.",
                "Keep each arm's memory to itself while they are compared, or read their difference with care."
            );
        }
    }

    private Finding BetweenLineages(CheckedIteration[] taught, int n) =>
        new(
            Code,
            FindingSeverity.Warning,
            "lineage",
            new Dictionary<string, double> { ["taught"] = taught.Length, ["n"] = n },
            [.. taught.Select(one => one.Number)],
            $"{FigureFormatter.Count(taught.Length)} of {FigureFormatter.Count(n)} iterations were shown a strategy of another lineage, so the lineages are not independent.",
            "Keep each lineage's memory to itself; until then nothing is proven for the mode."
        );

    // A recorded fallback asks in the other mode, with that mode's own memory.
    private static bool IsOwnFallback(CheckedIteration one, GenerationMode arm) =>
        one.FallbackRecorded && arm == one.EffectiveMode;
}
