using RolloutDashboard.Core.Rollouts;
using RolloutDashboard.Core.Rollouts.Gates;
using RolloutDashboard.Core.Rollouts.Gates.Criteria;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Monitoring;

/// <summary>The two arms as the page shows them, from the same evidence that the gate judges.</summary>
public static class ArmFigures
{
    /// <summary>One arm by assigned mode.</summary>
    public static ArmSummary Summarise(IReadOnlyList<EvidenceRow> rows, GenerationMode mode)
    {
        var assigned = rows.Where(row => row.Kind == IterationKind.Generated && row.AssignedMode == mode).ToList();
        var evidence = ArmEvidence.Of(assigned, mode);
        var sharpe = evidence.Mean(row => row.SharpeRatio);
        var effective = rows.Where(row => row.Counts && (row.EffectiveMode ?? row.AssignedMode) == mode).ToList();
        var lookups = evidence.Rows.Sum(row => row.CacheLookups);
        var timed = evidence.Rows.Where(row => row.Status == IterationStatus.Finished && row.EndedAt is not null).ToList();
        return new ArmSummary(
            mode,
            evidence.N,
            evidence.Levels[0], evidence.Levels[1], evidence.Levels[2], evidence.Levels[3],
            assigned.Count(row => row.Status == IterationStatus.Lost),
            assigned.Count(row => row.Status == IterationStatus.Cancelled),
            assigned.Count(row => row.Status == IterationStatus.Running),
            evidence.SuccessRate,
            evidence.ShareInterval(evidence.Successes),
            sharpe.Mean,
            sharpe.Interval,
            evidence.Mean(row => row.TotalReturn).Mean,
            evidence.Sample.Distinct,
            evidence.Sample.Effective,
            effective.Count == 0 ? null : (double)effective.Count(row => row.Succeeded) / effective.Count,
            effective.Count,
            lookups == 0 ? null : (double)evidence.Rows.Sum(row => row.CacheHits) / lookups,
            timed.Count == 0 ? null : timed.Average(row => (row.EndedAt!.Value - row.StartedAt).TotalSeconds));
    }

    /// <summary>The ratio of the two arms, said to be not comparable where they answer different requests.</summary>
    public static ArmComparison Compare(IReadOnlyList<EvidenceRow> rows, Stage stage)
    {
        var ratio = ArmRatio.Of(ArmEvidence.Of(rows, GenerationMode.Json), ArmEvidence.Of(rows, GenerationMode.FullCode));
        return stage == Stage.TemplateLibraryOnly
            ? new ArmComparison(ratio.Ratio, ratio.Interval, false, "In stage 3.1 the arms answer different requests.")
            : new ArmComparison(ratio.Ratio, ratio.Interval, true, ratio.Note);
    }
}
