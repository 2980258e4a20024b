using RolloutDashboard.Core.Gates.Criteria.Rates;
using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Monitoring.Live;

/// <summary>The two arms as the page shows them, from the same evidence that the gate judges.</summary>
public static class ArmFigures
{
    /// <summary>One arm by assigned mode.</summary>
    public static ArmSummary Summarise(IReadOnlyList<EvidenceRow> rows, GenerationMode mode) =>
        Summarise(rows, mode, ArmEvidence.Of(rows, mode));

    /// <summary>The same where <paramref name="evidence"/> of that arm of the rows is there already.</summary>
    public static ArmSummary Summarise(IReadOnlyList<EvidenceRow> rows, GenerationMode mode, ArmEvidence evidence)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(evidence);
        var sharpe = evidence.Mean(row => row.SharpeRatio);
        var counts = Count(rows, mode);
        var lookups = evidence.Rows.Sum(row => row.CacheLookups);
        var timed = evidence.Rows.Where(row => row.Status == IterationStatus.Finished && row.EndedAt is not null);
        return new ArmSummary(
            mode,
            evidence.N,
            evidence.Levels[0],
            evidence.Levels[1],
            evidence.Levels[2],
            evidence.Levels[3],
            counts.Lost,
            counts.Cancelled,
            counts.Running,
            evidence.SuccessRate,
            evidence.ShareInterval(evidence.Successes),
            sharpe.Mean,
            sharpe.Interval,
            evidence.Mean(row => row.TotalReturn).Mean,
            evidence.Sample.Distinct,
            evidence.Sample.Effective,
            counts.Effective == 0 ? null : (double)counts.EffectiveSuccesses / counts.Effective,
            counts.Effective,
            lookups == 0 ? null : (double)evidence.Rows.Sum(row => row.CacheHits) / lookups,
            timed.Average(row => (double?)(row.EndedAt!.Value - row.StartedAt).TotalSeconds)
        )
        {
            CancelledBy = CancelledBy(rows, mode),
        };
    }

    private static RowCounts Count(IReadOnlyList<EvidenceRow> rows, GenerationMode mode)
    {
        var (lost, cancelled, running, effective, effectiveSuccesses) = (0, 0, 0, 0, 0);
        foreach (var row in rows)
        {
            if (row.Kind == IterationKind.Generated && row.AssignedMode == mode)
            {
                lost += row.Status == IterationStatus.Lost ? 1 : 0;
                cancelled += row.Status == IterationStatus.Cancelled ? 1 : 0;
                running += row.Status == IterationStatus.Running ? 1 : 0;
            }

            if (row.Counts && (row.EffectiveMode ?? row.AssignedMode) == mode)
            {
                effective++;
                effectiveSuccesses += row.SucceededInAnyMode ? 1 : 0;
            }
        }

        return new RowCounts(lost, cancelled, running, effective, effectiveSuccesses);
    }

    private static IReadOnlyList<CancelledCount> CancelledBy(IReadOnlyList<EvidenceRow> rows, GenerationMode mode) =>
        [
            .. rows.Where(row =>
                    row.Kind == IterationKind.Generated
                    && row.AssignedMode == mode
                    && row.Status == IterationStatus.Cancelled
                )
                .CountBy(row => row.Cancellation ?? CancellationReason.Other)
                .OrderByDescending(pair => pair.Value)
                .ThenBy(pair => pair.Key)
                .Select(pair => new CancelledCount(pair.Key, pair.Value)),
        ];

    /// <summary>The ratio of the two arms, said to be not comparable where they answer different requests.</summary>
    public static ArmComparison Compare(IReadOnlyList<EvidenceRow> rows, Stage stage) =>
        Compare(ArmEvidence.Of(rows, GenerationMode.Json), ArmEvidence.Of(rows, GenerationMode.FullCode), stage);

    /// <summary>The same over the evidence of the two arms.</summary>
    public static ArmComparison Compare(ArmEvidence json, ArmEvidence fullCode, Stage stage)
    {
        var ratio = ArmRatio.Of(json, fullCode);
        return stage == Stage.TemplateLibraryOnly
            ? new ArmComparison(ratio.Ratio, ratio.Interval, false, "In stage 3.1 the arms answer different requests.")
            : new ArmComparison(ratio.Ratio, ratio.Interval, true, ratio.Note);
    }

    // The first three by assigned mode, the others by effective mode.
    private readonly record struct RowCounts(
        int Lost,
        int Cancelled,
        int Running,
        int Effective,
        int EffectiveSuccesses
    );
}
