using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Configuration;
using RolloutDashboard.Core.Evaluation.GateVersions;
using RolloutDashboard.Core.Evidence.Comparisons.Reports;
using RolloutDashboard.Core.Evidence.Comparisons.Selections;
using RolloutDashboard.Core.Gates.Criteria;
using RolloutDashboard.Core.Gates.Criteria.Rates;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Evidence.Comparisons;

/// <summary>Compares the two arms of the current attempt and keeps the report; the gate of stage 3.2 asks for
/// one.</summary>
public sealed class GenerateComparison(
    IDbContextFactory<RolloutDb> databases,
    CompareSelections compareSelections,
    TimeProvider clock
)
{
    /// <summary>Generates and keeps a report; one that had to be refused is returned, not kept.</summary>
    public async Task<ComparisonReport> ExecuteAsync(string actor, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var rollout = await db.CurrentRolloutAsync(cancellationToken).ConfigureAwait(false);
        var made = await compareSelections
            .NowAsync(
                db,
                rollout,
                new SetSelection(Mode: GenerationMode.Json, Stage: rollout.Stage, Attempt: rollout.Attempt),
                new SetSelection(Mode: GenerationMode.FullCode, Stage: rollout.Stage, Attempt: rollout.Attempt),
                cancellationToken
            )
            .ConfigureAwait(false);
        var report = made.Report;
        if (report.Refusals.Count > 0 || report.First.N == 0 || report.Second.N == 0)
        {
            return report;
        }

        db.ComparisonReports.Add(SavedComparisons.RecordOf(rollout, made, actor, clock.GetUtcNow(), isOfAttempt: true));
        await db.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        return report;
    }

    /// <summary>Generates the attempt's first report once both arms have the samples that the gate judges from, unless
    /// track_mode_performance is false.</summary>
    public async Task WhenDueAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var rollout = await db.CurrentRolloutAsync(cancellationToken).ConfigureAwait(false);
        var version = await db
            .ConfigurationVersions.SingleAsync(
                row => row.RolloutId == rollout.Id && row.Number == rollout.ConfigurationNumber,
                cancellationToken
            )
            .ConfigureAwait(false);
        if (!StageConfiguration.FromJson(version.ValuesJson).TrackModePerformance)
        {
            return;
        }

        var gates = await GateDefinitions.InForceAsync(db, rollout.Id, cancellationToken).ConfigureAwait(false);
        var criteria = gates.Stages.Single(stage => stage.Stage == rollout.Stage).Criteria;
        var minimum = criteria.FirstOrDefault(criterion => criterion.Key == SuccessRatioCriterion.Key)?.MinimumSamples;
        if (
            minimum is null
            || !criteria.Any(criterion => criterion.Key == ComparisonReportCriterion.Key)
            || await HasReportAsync(db, rollout, cancellationToken).ConfigureAwait(false)
        )
        {
            return;
        }

        var arms = await ArmSizesAsync(db, rollout, cancellationToken).ConfigureAwait(false);
        if (arms.Count == 2 && arms.All(count => count >= minimum))
        {
            await ExecuteAsync("system", cancellationToken).ConfigureAwait(false);
        }
    }

    private static Task<bool> HasReportAsync(RolloutDb db, Rollout rollout, CancellationToken cancellationToken) =>
        db.ComparisonReports.AnyAsync(
            report =>
                report.IsOfAttempt
                && report.RolloutId == rollout.Id
                && report.Stage == rollout.Stage
                && report.Attempt == rollout.Attempt,
            cancellationToken
        );

    private static Task<List<int>> ArmSizesAsync(RolloutDb db, Rollout rollout, CancellationToken cancellationToken) =>
        db
            .Iterations.Where(row =>
                row.RolloutId == rollout.Id
                && row.Environment == RolloutEnvironment.Production
                && row.Stage == rollout.Stage
                && row.Attempt == rollout.Attempt
                && row.Kind == IterationKind.Generated
                && (row.Status == IterationStatus.Finished || row.Status == IterationStatus.Lost)
            )
            .GroupBy(row => row.AssignedMode)
            .Select(arm => arm.Count())
            .ToListAsync(cancellationToken);
}
