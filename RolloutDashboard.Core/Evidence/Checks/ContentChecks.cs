using RolloutDashboard.Core.Rollouts.Gates;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Evidence.Checks;

/// <summary>Output that repeats an example of its own prompt; blocking from 20 % of an arm's iterations on.</summary>
internal sealed class PromptEchoCheck : IEvidenceCheck
{
    private const double BlockingShare = 0.2;

    public string Code => "prompt-echo";

    public IEnumerable<Finding> Check(EvidenceSet set)
    {
        foreach (var group in set.Groups.Where(group => group.Counts))
        {
            var arm = group.Iterations;
            var echoes = arm.Where(one => one.EchoesPrompt).Select(one => one.Number).ToArray();
            if (echoes.Length == 0)
            {
                continue;
            }

            var share = (double)echoes.Length / arm.Count;
            yield return new Finding(
                Code,
                share >= BlockingShare ? FindingSeverity.Blocking : FindingSeverity.Warning,
                group.Subject,
                new Dictionary<string, double> { ["echoes"] = echoes.Length, ["n"] = arm.Count, ["share"] = share },
                echoes,
                $"{Figures.Count(echoes.Length)} of {Figures.Count(arm.Count)} {group.Name} iterations gave back the example of their own prompt.",
                "Vary or remove the example in the prompt; an echo says nothing about what the model can find.");
        }
    }
}

/// <summary>Records of one arm whose content is of the other arm's kind, beyond recorded fallbacks.</summary>
internal sealed class ArmContaminationCheck : IEvidenceCheck
{
    public string Code => "arm-contamination";

    public IEnumerable<Finding> Check(EvidenceSet set)
    {
        foreach (var mode in Enum.GetValues<GenerationMode>())
        {
            var arm = set.Arm(mode).Where(one => one.ContentMode is not null).ToArray();
            var foreign = arm.Where(one => one.ContentMode != mode && !one.FallbackRecorded).Select(one => one.Number).ToArray();
            if (foreign.Length > 0)
            {
                var other = mode == GenerationMode.Json ? "programs" : "template parameters";
                yield return new Finding(
                    Code,
                    FindingSeverity.Blocking,
                    mode.ToString(),
                    new Dictionary<string, double> { ["foreign"] = foreign.Length, ["n"] = arm.Length },
                    foreign,
                    $"{Figures.Count(foreign.Length)} of {Figures.Count(arm.Length)} {EvidenceChecks.Name(mode)} records hold {other}: the two arms are of the same kind, so comparing them compares nothing.",
                    "Find out which arm the records belong to and run the other one; the comparison is void until then.");
            }
        }
    }
}

/// <summary>Effective modes that differ from the assigned ones without a recorded fallback, and shares without effect.</summary>
internal sealed class ModeMismatchCheck : IEvidenceCheck
{
    private const int MinimumForEffect = 20;

    public string Code => "mode-mismatch";

    // A share without effect shows only where both modes are looked at.
    public bool FitsParts => false;

    public IEnumerable<Finding> Check(EvidenceSet set)
    {
        var made = set.Iterations.Where(one => one.Counts && one.EffectiveMode is not null).ToArray();
        var mismatched = made.Where(one => one.EffectiveMode != one.AssignedMode && !one.FallbackRecorded).Select(one => one.Number).ToArray();
        if (mismatched.Length > 0)
        {
            yield return new Finding(
                Code,
                FindingSeverity.Blocking,
                "effective",
                new Dictionary<string, double> { ["mismatched"] = mismatched.Length, ["n"] = made.Length },
                mismatched,
                $"{Figures.Count(mismatched.Length)} of {Figures.Count(made.Length)} iterations were made in another mode than assigned, and no fallback explains it.",
                "Check that the loop obeys the assigned mode; until then rates by assigned mode mean little.");
        }

        var shared = made.Where(one => one.ConfiguredShare is > 0 and < 1).ToArray();
        foreach (var mode in Enum.GetValues<GenerationMode>())
        {
            var expected = shared.Sum(one => mode == GenerationMode.Json ? one.ConfiguredShare!.Value : 1 - one.ConfiguredShare!.Value);
            if (expected >= MinimumForEffect && shared.All(one => one.EffectiveMode != mode))
            {
                yield return new Finding(
                    Code,
                    FindingSeverity.Blocking,
                    $"no-effect-{mode}",
                    new Dictionary<string, double> { ["expected"] = expected, ["n"] = shared.Length },
                    shared.Select(one => one.Number).ToArray(),
                    $"The configured share promises about {Figures.Count((long)expected)} {EvidenceChecks.Name(mode)} strategies, and there is none: the setting has no effect.",
                    "Follow the setting through the loop; the arms of this window are one arm.");
            }
        }
    }
}

/// <summary>Iterations that were shown the champion or feedback of the other arm.</summary>
internal sealed class ArmInterferenceCheck : IEvidenceCheck
{
    public string Code => "arm-interference";

    public IEnumerable<Finding> Check(EvidenceSet set)
    {
        var counted = set.Iterations.Where(one => one.Counts).ToArray();
        var taught = counted.Where(one => one.ShownArms.Any(arm => arm != one.AssignedMode && !IsOwnFallback(one, arm))).Select(one => one.Number).ToArray();
        if (taught.Length > 0)
        {
            yield return new Finding(
                Code,
                FindingSeverity.Warning,
                "prompt",
                new Dictionary<string, double> { ["taught"] = taught.Length, ["n"] = counted.Length },
                taught,
                $"{Figures.Count(taught.Length)} of {Figures.Count(counted.Length)} iterations were shown the other arm's champion or feedback, so the arms are not independent.",
                "Keep each arm's memory to itself while they are compared, or read their difference with care.");
        }
    }

    // A recorded fallback asks in the other mode, with that mode's own memory.
    private static bool IsOwnFallback(CheckedIteration one, GenerationMode arm) => one.FallbackRecorded && arm == one.EffectiveMode;
}
