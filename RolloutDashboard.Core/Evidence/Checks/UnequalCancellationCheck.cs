using RolloutDashboard.Core.Statistics.Numerics;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.Figures;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Evidence.Checks;

/// <summary>
/// From 20 iterations an arm: iterations that were cancelled for other reasons than a stop, a shutdown or a rollback
/// are missing from one arm more than from the other. p below 0.001 at every look.
/// </summary>
internal sealed class UnequalCancellationCheck : IEvidenceCheck
{
    private const double Significance = 0.001;
    private const int MinimumPerArm = 20;

    public string Code => "unequal-cancellation";

    public bool FitsParts => false;

    public IEnumerable<Finding> Check(EvidenceSet set)
    {
        var begun = set.Iterations.Where(one => !one.ArmUndeclared && (one.Counts || IsUnexplained(one))).ToArray();
        var cancelled = begun.Where(IsUnexplained).ToArray();
        var (json, full) = (Of(begun, GenerationMode.Json), Of(begun, GenerationMode.FullCode));
        if (cancelled.Length == 0 || json < MinimumPerArm || full < MinimumPerArm)
        {
            yield break;
        }

        var p = P(begun, cancelled);
        if (p >= Significance)
        {
            yield break;
        }

        var (jsonCancelled, fullCancelled) = (
            Of(cancelled, GenerationMode.Json),
            Of(cancelled, GenerationMode.FullCode)
        );
        yield return new Finding(
            Code,
            FindingSeverity.Warning,
            "cancelled",
            new Dictionary<string, double>
            {
                ["json_cancelled"] = jsonCancelled,
                ["json"] = json,
                ["full_code_cancelled"] = fullCancelled,
                ["full_code"] = full,
                ["p"] = p,
            },
            [.. cancelled.Select(one => one.Number)],
            $"{FigureFormatter.Count(jsonCancelled)} of {FigureFormatter.Count(json)} JSON iterations and {FigureFormatter.Count(fullCancelled)} of {FigureFormatter.Count(full)} full-code ones were cancelled for other reasons than a stop, a shutdown or a rollback; the arm that loses more looks better or worse than it is.",
            "Find out what ended them, and count them as failures of their arm."
        );
    }

    private static double P(CheckedIteration[] begun, CheckedIteration[] cancelled)
    {
        var shares = begun
            .GroupBy(one => one.Segment, StringComparer.Ordinal)
            .ToDictionary(
                group => group.Key,
                group => group.Average(one => one.AssignedMode == GenerationMode.Json ? 1.0 : 0),
                StringComparer.Ordinal
            );
        return TiltedShares.P(
            cancelled.Select(one =>
                (one.AssignedMode == GenerationMode.Json, one.ConfiguredShare ?? shares[one.Segment])
            )
        );
    }

    private static bool IsUnexplained(CheckedIteration one) =>
        one
            is {
                Kind: IterationKind.Generated,
                Status: IterationStatus.Cancelled,
                Cancellation: null or CancellationReason.Other
            };

    private static int Of(IEnumerable<CheckedIteration> iterations, GenerationMode mode) =>
        iterations.Count(one => one.AssignedMode == mode);
}
