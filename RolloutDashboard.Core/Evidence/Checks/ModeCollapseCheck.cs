using RolloutDashboard.Core.Statistics;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.Figures;

namespace RolloutDashboard.Core.Evidence.Checks;

/// <summary>
/// Too few distinct strategies in an arm: from 20 strategies on, when the effective n is below half of them or one
/// makes up more than 20 %. Failures without a strategy neither hide nor cause it. Mutations are looked at by
/// themselves; they count in no rate, so theirs is for information.
/// </summary>
internal sealed class ModeCollapseCheck : IEvidenceCheck
{
    private const int MinimumStrategies = 20;
    private const double LargestAllowedShare = 0.2;

    public string Code => "mode-collapse";

    public IEnumerable<Finding> Check(EvidenceSet set)
    {
        foreach (var group in set.Groups)
        {
            var made = group.Iterations.Where(one => one.Fingerprint is not null).ToArray();
            var sample = EffectiveSampleSize.FromFingerprints(made.Select(one => one.Fingerprint));
            if (
                made.Length < MinimumStrategies
                || (sample.Effective >= made.Length / 2.0 && sample.LargestShare <= LargestAllowedShare)
            )
            {
                continue;
            }

            yield return Collapse(set, group, made, sample);
        }
    }

    private Finding Collapse(EvidenceSet set, EvidenceGroup group, CheckedIteration[] made, EffectiveSampleSize sample)
    {
        var most = made.CountBy(one => one.Fingerprint!, StringComparer.Ordinal).MaxBy(pair => pair.Value).Key;
        var largest = made.Where(one => one.Fingerprint == most).ToArray();
        var raw = Rate(made);
        var deduplicated = Rate(made.DistinctBy(one => one.Fingerprint).ToArray());
        var numbers = new Dictionary<string, double>
        {
            ["n"] = made.Length,
            ["distinct"] = sample.Distinct,
            ["effective_n"] = sample.Effective,
            ["largest_share"] = sample.LargestShare,
            ["entropy_bits"] = sample.Entropy,
            ["success_raw"] = raw,
            ["success_deduplicated"] = deduplicated,
        };
        if (largest[0].TemplateName is { } template && set.TemplateSpaces.TryGetValue(template, out var space))
        {
            numbers["parameter_space"] = space;
        }

        return new Finding(
            Code,
            group.Counts ? FindingSeverity.Blocking : FindingSeverity.Info,
            group.Subject,
            numbers,
            largest.Select(one => one.Number).ToArray(),
            $"{FigureFormatter.Count(made.Length)} {group.Name} strategies are only {FigureFormatter.Count(sample.Distinct)} different ones; one of them makes up {FigureFormatter.Rate(sample.LargestShare)}, so they weigh like {FigureFormatter.ShortNumber(Math.Round(sample.Effective, 1))}. Success is {FigureFormatter.Rate(raw)} raw and {FigureFormatter.Rate(deduplicated)} when each strategy counts once.",
            !group.Counts
                ? "Mutations keep near the best known parameters; widen the grids or raise innovation_rate if they find nothing new."
                : "Vary the prompt's example, raise exploration, or count each strategy once; collect new iterations before judging."
        );
    }

    private static double Rate(CheckedIteration[] iterations) =>
        (double)iterations.Count(one => one.Level == SuccessLevel.Profitable) / iterations.Length;
}
