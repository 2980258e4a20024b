using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.Figures;

namespace RolloutDashboard.Core.Evidence.Checks;

/// <summary>Effective modes that differ from the assigned ones without a recorded fallback, and shares without
/// effect.</summary>
internal sealed class ModeMismatchCheck : IEvidenceCheck
{
    private const int MinimumForEffect = 20;

    public string Code => "mode-mismatch";

    // A share without effect shows only where both modes are looked at.
    public bool FitsParts => false;

    public IEnumerable<Finding> Check(EvidenceSet set)
    {
        var made = set.Iterations.Where(one => one.Counts && one.EffectiveMode is not null).ToArray();
        var mismatched = made.Where(one => one.EffectiveMode != one.AssignedMode && !one.FallbackRecorded)
            .Select(one => one.Number)
            .ToArray();
        if (mismatched.Length > 0)
        {
            yield return new Finding(
                Code,
                FindingSeverity.Blocking,
                "effective",
                new Dictionary<string, double> { ["mismatched"] = mismatched.Length, ["n"] = made.Length },
                mismatched,
                $"{FigureFormatter.Count(mismatched.Length)} of {FigureFormatter.Count(made.Length)} iterations were made in another mode than assigned, and no fallback explains it.",
                "Check that the loop obeys the assigned mode; until then rates by assigned mode mean little."
            );
        }

        var shared = made.Where(one => one.ConfiguredShare is > 0 and < 1).ToArray();
        foreach (var mode in Enum.GetValues<GenerationMode>())
        {
            var expected = shared.Sum(one =>
                mode == GenerationMode.Json ? one.ConfiguredShare!.Value : 1 - one.ConfiguredShare!.Value
            );
            if (expected >= MinimumForEffect && shared.All(one => one.EffectiveMode != mode))
            {
                yield return new Finding(
                    Code,
                    FindingSeverity.Blocking,
                    $"no-effect-{mode}",
                    new Dictionary<string, double> { ["expected"] = expected, ["n"] = shared.Length },
                    shared.Select(one => one.Number).ToArray(),
                    $"The configured share promises about {FigureFormatter.Count((long)expected)} {EvidenceChecks.Name(mode)} strategies, and there is none: the setting has no effect.",
                    "Follow the setting through the loop; the arms of this window are one arm."
                );
            }
        }
    }
}
