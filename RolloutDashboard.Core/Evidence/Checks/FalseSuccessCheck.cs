using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.Figures;

namespace RolloutDashboard.Core.Evidence.Checks;

/// <summary>A run called complete that shows nothing: no success, no duration, or no metric at all.</summary>
internal sealed class FalseSuccessCheck : IEvidenceCheck
{
    private const int Minimum = 5;

    public string Code => "false-success";

    public bool FitsParts => false;

    public IEnumerable<Finding> Check(EvidenceSet set)
    {
        var counted = set.Iterations.Where(one => one.Counts).ToArray();
        if (!set.CalledComplete || counted.Length < Minimum)
        {
            yield break;
        }

        var mutated = set.Mutations.Count(one => one.Level == SuccessLevel.Profitable);
        var reasons = Reasons(set, counted, mutated);
        if (reasons.Length > 0)
        {
            yield return new Finding(
                Code,
                FindingSeverity.Blocking,
                "run",
                new Dictionary<string, double>
                {
                    ["n"] = counted.Length,
                    ["reasons"] = reasons.Length,
                    ["mutation_successes"] = mutated,
                },
                counted.Select(one => one.Number).ToArray(),
                $"The run is called complete, but {string.Join(", and ", reasons)} ({FigureFormatter.Count(counted.Length)} iterations of the arms).",
                "Treat the run as failed and look at its errors before anything is concluded from it."
            );
        }
    }

    private static string[] Reasons(EvidenceSet set, CheckedIteration[] counted, int mutated)
    {
        // Mutations make no rate, but what they brought is no nothing.
        CheckedIteration[] all = [.. counted, .. set.Mutations];
        var timed = all.Where(one => one.Duration is not null).ToArray();
        return
        [
            .. Reason(
                counted.All(one => one.Level != SuccessLevel.Profitable),
                mutated == 0
                    ? "no iteration succeeded"
                    : $"no iteration but {FigureFormatter.Count(mutated)} of {FigureFormatter.Count(set.Mutations.Count)} mutations succeeded, which count in no arm"
            ),
            .. Reason(timed.Length > 0 && timed.All(one => one.Duration == TimeSpan.Zero), "every duration is 0"),
            .. Reason(
                all.All(one => (one.SharpeRatio ?? one.TotalReturn ?? one.MaxDrawdown) is null),
                "no metric was measured"
            ),
        ];
    }

    private static string[] Reason(bool holds, string words) => holds ? [words] : [];
}
