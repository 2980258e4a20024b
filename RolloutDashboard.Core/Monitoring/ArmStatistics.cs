using RolloutDashboard.Core.Rollouts;
using RolloutDashboard.Core.Rollouts.Gates;
using RolloutDashboard.Core.Rollouts.Gates.Criteria;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Monitoring;

/// <summary>The two arms as the live page shows them, from the same computation that the gates use.</summary>
public static class ArmStatistics
{
    /// <summary>One arm by assigned mode; the figure by effective mode stands beside it.</summary>
    /// <param name="rows">Iterations of one window, both modes, whatever their status.</param>
    public static ArmSummary Summarise(GenerationMode mode, IReadOnlyList<EvidenceRow> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var arm = ArmEvidence.Of(rows, mode);
        var assigned = rows.Where(row => row.Kind == IterationKind.Generated && row.AssignedMode == mode).ToArray();
        var effective = rows.Where(row => row.Counts && (row.EffectiveMode ?? row.AssignedMode) == mode).ToArray();
        var sharpe = arm.Mean(row => row.SharpeRatio);
        var seconds = arm.Rows.Where(row => row is { Status: IterationStatus.Finished, EndedAt: not null })
            .Select(row => (row.EndedAt!.Value - row.StartedAt).TotalSeconds).ToArray();
        var lookups = arm.Rows.Sum(row => (long)row.CacheLookups);
        return new ArmSummary(
            mode,
            arm.N,
            arm.Levels[0],
            arm.Levels[1],
            arm.Levels[2],
            arm.Levels[3],
            assigned.Count(row => row.Status == IterationStatus.Lost),
            assigned.Count(row => row.Status == IterationStatus.Cancelled),
            assigned.Count(row => row.Status == IterationStatus.Running),
            arm.SuccessRate,
            arm.ShareInterval(arm.Successes),
            Finite(sharpe.Mean),
            sharpe.Interval,
            Finite(arm.Mean(row => row.TotalReturn).Mean),
            arm.Sample.Distinct,
            arm.Sample.Effective,
            effective.Length == 0 ? null : (double)effective.Count(row => row.Succeeded) / effective.Length,
            effective.Length,
            lookups == 0 ? null : (double)arm.Rows.Sum(row => (long)row.CacheHits) / lookups,
            seconds.Length == 0 ? null : seconds.Average());
    }

    /// <summary>The ratio of the arms, stratified by segment; in stage 3.1 they answer different requests.</summary>
    public static ArmComparison Compare(Stage stage, IReadOnlyList<EvidenceRow> rows)
    {
        var ratio = ArmRatio.Of(ArmEvidence.Of(rows, GenerationMode.Json), ArmEvidence.Of(rows, GenerationMode.FullCode));
        return stage == Stage.TemplateLibraryOnly
            ? new ArmComparison(ratio.Ratio, ratio.Interval, false, "not comparable: the arms answer different requests in this stage")
            : new ArmComparison(ratio.Ratio, ratio.Interval, true, ratio.Note);
    }

    /// <summary>Success and mode distribution of the last <paramref name="window"/>.</summary>
    public static RollingFigures Rolling(IReadOnlyList<EvidenceRow> rows, DateTimeOffset now, TimeSpan window)
    {
        var recent = rows.Where(row => (row.EndedAt ?? row.StartedAt) > now - window).ToArray();
        var (json, all) = (ArmEvidence.Of(recent, GenerationMode.Json), ArmEvidence.Of(recent));
        var generated = recent.Where(row => row.Kind == IterationKind.Generated).ToArray();
        var ended = recent.Where(row => row.EndedAt is not null).ToArray();
        var minutes = ended.Length == 0 ? 0 : (now - ended.Min(row => row.StartedAt)).TotalMinutes;
        return new RollingFigures(
            window,
            json.SuccessRate,
            json.N,
            all.SuccessRate,
            all.N,
            generated.Count(row => row.AssignedMode == GenerationMode.Json),
            generated.Count(row => row.AssignedMode == GenerationMode.FullCode),
            json.ErrorRate,
            minutes > 0 ? ended.Length / minutes : 0);
    }

    private static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;
}
