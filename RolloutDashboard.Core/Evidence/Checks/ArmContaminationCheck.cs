using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.Figures;

namespace RolloutDashboard.Core.Evidence.Checks;

/// <summary>Records of one arm whose content is of the other arm's kind, beyond recorded fallbacks.</summary>
internal sealed class ArmContaminationCheck : IEvidenceCheck
{
    public string Code => "arm-contamination";

    public IEnumerable<Finding> Check(EvidenceSet set)
    {
        foreach (var mode in Enum.GetValues<GenerationMode>())
        {
            var arm = set.Arm(mode).Where(one => one.ContentMode is not null).ToArray();
            var foreign = arm.Where(one => one.ContentMode != mode && !one.FallbackRecorded)
                .Select(one => one.Number)
                .ToArray();
            if (foreign.Length > 0)
            {
                var other = mode == GenerationMode.Json ? "programs" : "template parameters";
                yield return new Finding(
                    Code,
                    FindingSeverity.Blocking,
                    mode.ToString(),
                    new Dictionary<string, double> { ["foreign"] = foreign.Length, ["n"] = arm.Length },
                    foreign,
                    $"{FigureFormatter.Count(foreign.Length)} of {FigureFormatter.Count(arm.Length)} {EvidenceChecks.Name(mode)} records hold {other}: the two arms are of the same kind, so comparing them compares nothing.",
                    "Find out which arm the records belong to and run the other one; the comparison is void until then."
                );
            }
        }
    }
}
