using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using RolloutDashboard.Core.Gates;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Promotions;

/// <summary>What a promotion stands on, judged from values alone.</summary>
public static class PromotionPreconditions
{
    /// <summary>Why the rollout can't be promoted, whatever its gate says and even by override; null when it
    /// can.</summary>
    /// <param name="jsonOff">Why JSON can't be assigned; null when it can.</param>
    /// <param name="isRollingBack">Whether a gradual rollback goes on.</param>
    public static string? Lock(RolloutPhase phase, string? phaseReason, string? jsonOff, bool isRollingBack = false) =>
        phase switch
        {
            RolloutPhase.RolledBack => "The rollout is rolled back; resume it first.",
            RolloutPhase.Halted =>
                $"Promotion is locked by a halt: {phaseReason} Resolve it first, with a written reason.",
            RolloutPhase.Successful => "The rollout has passed gate 3.4 already.",
            _ when jsonOff is not null => $"JSON mode is off ({jsonOff}); nothing is promoted meanwhile.",
            _ when isRollingBack => "A gradual rollback is going on; nothing is promoted meanwhile.",
            _ => null,
        };

    /// <summary>What still keeps the gate shut, in few words, as a disabled button says it; null when it
    /// passes.</summary>
    public static string? GateWords(GateReport gate)
    {
        if (gate.Verdict == Verdict.Pass)
        {
            return null;
        }

        var unmet = gate.Criteria.Where(criterion => criterion.Verdict != Verdict.Pass).ToList();
        if (unmet.Count == 0)
        {
            return $"Gate {gate.Stage.Number()}: {gate.Summary}";
        }

        var first = unmet.Find(criterion => criterion.Verdict == gate.Verdict) ?? unmet[0];
        var isCount =
            first is { Value: { } value, TargetValue: { } target }
            && CriterionList.IsCount(first.Key)
            && value < target;
        var words = isCount
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{first.Value:#,0} of {first.TargetValue:#,0} {Lower(first.Name)}"
            )
            : $"{first.Name} {first.Actual}{(first.Target.Length == 0 ? "" : $", target {first.Target}")}";
        var more = unmet.Count > 1 ? string.Create(CultureInfo.InvariantCulture, $", and {unmet.Count - 1} more") : "";
        return $"Gate {gate.Stage.Number()}: {words}{more}";
    }

    /// <summary>
    /// A fingerprint of the verdicts a person has looked at. Iterations alone leave it as it is, like the state
    /// version; a criterion that changes its verdict or its target, another gate definition or configuration does not.
    /// </summary>
    public static string Fingerprint(Rollout rollout, GateReport gate)
    {
        var text = new StringBuilder();
        text.Append(
            CultureInfo.InvariantCulture,
            $"{rollout.Id}/{rollout.Stage}/{rollout.Attempt}/{rollout.ConfigurationNumber}/{gate.DefinitionVersion}/{gate.Verdict}/{gate.Recommendation}"
        );
        foreach (var criterion in gate.Criteria)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{criterion.Key}\0{criterion.Verdict}\0{criterion.Target}");
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..16];
    }

    internal static string Lower(string name) =>
        name.StartsWith("JSON", StringComparison.Ordinal) ? name : char.ToLowerInvariant(name[0]) + name[1..];
}
