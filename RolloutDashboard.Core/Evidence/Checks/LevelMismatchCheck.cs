using RolloutDashboard.Core.Iterations;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.Figures;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Evidence.Checks;

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
                new Dictionary<string, double>
                {
                    ["wrong"] = wrong.Length,
                    ["too_high"] = inflated,
                    ["n"] = set.Iterations.Count,
                },
                wrong.Select(one => one.Number).ToArray(),
                $"{FigureFormatter.Count(wrong.Length)} of {FigureFormatter.Count(set.Iterations.Count)} stored levels are contradicted by their own metrics, {inflated} of them are too high.",
                "Use the levels computed from the metrics; find out who wrote the others."
            );
        }
    }

    private static bool Contradicts(CheckedIteration one) =>
        one is { Status: IterationStatus.Finished, Level: not null } && one.Level != Computed(one);

    private static SuccessLevel Computed(CheckedIteration one) =>
        Classifier.Classify(
            one.Executed
                ?? (one.SharpeRatio ?? one.TotalReturn ?? one.MaxDrawdown) is not null
                    || one.Level is SuccessLevel.Executed,
            one.SharpeRatio,
            one.TotalReturn,
            one.MaxDrawdown
        );
}
