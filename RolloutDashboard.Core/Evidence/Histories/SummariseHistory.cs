using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.Figures;

namespace RolloutDashboard.Core.Evidence.Histories;

/// <summary>Sums up a history and judges it by every gate. Pure; a fault of one judgement is its verdict.</summary>
public static class SummariseHistory
{
    public static HistorySummary Of(HistoryRecords history, HistoryPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(policy);
        var counted = history.Records.Where(one => one.Counts).ToArray();
        return new HistorySummary(
            history.Records.Count,
            history.All,
            Arm(counted),
            Arm(counted.Where(one => HistoryArms.Of(one) == GenerationMode.Json)),
            Arm(counted.Where(one => HistoryArms.Of(one) == GenerationMode.FullCode)),
            Arm(counted.Where(one => HistoryArms.Of(one) is null)),
            Arm(history.Records.Where(one => one.Kind == IterationKind.Mutation)),
            [.. Enum.GetValues<Stage>().Select(stage => JudgeHistory.Of(history, policy, stage))],
            policy.Gates.Version
        );
    }

    private static HistoryArm Arm(IEnumerable<CheckedIteration> records)
    {
        var rows = records.Select(one => CheckedRows.Of(one) with { Kind = IterationKind.Generated }).ToArray();
        var evidence = ArmEvidence.Of(rows);
        var finite = ArmEvidence.Of(
            rows.Select(row =>
                row.SharpeRatio is { } sharpe && !double.IsFinite(sharpe) ? row with { SharpeRatio = null } : row
            )
        );
        var mean = finite.Mean(row => row.SharpeRatio);
        var held = rows.Where(row => row.Fingerprint is not null).Select(row => row.Fingerprint).ToArray();
        return new HistoryArm(
            evidence.N,
            evidence.Successes,
            Finite(evidence.ShareInterval(evidence.Successes)),
            mean.N,
            mean.Mean is { } value && double.IsFinite(value) ? value : null,
            Finite(mean.Interval),
            rows.Count(row => row.SharpeRatio is { } sharpe && !double.IsFinite(sharpe)),
            held.Length,
            held.Length == 0 ? null : held.Distinct(StringComparer.Ordinal).Count()
        );
    }

    // Values near the largest number have a mean, but no spread that could be computed.
    private static Interval? Finite(Interval? interval) =>
        interval is { } range && double.IsFinite(range.Lower) && double.IsFinite(range.Upper) ? range : null;
}
