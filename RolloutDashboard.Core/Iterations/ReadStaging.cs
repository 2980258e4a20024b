using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Configuration;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Storage.Entities.Evidence;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Iterations;

/// <summary>Reads validation runs and what came of them.</summary>
internal static class ReadStaging
{
    /// <summary>The run's iterations that were not cancelled; a cancelled one is made up for.</summary>
    public static IQueryable<IterationRecord> Iterations(RolloutDb db, StagingRun run) =>
        db.Iterations.Where(row =>
            row.RolloutId == run.RolloutId
            && row.Environment == RolloutEnvironment.Staging
            && row.ConfigurationNumber == run.ConfigurationNumber
            && row.Status != IterationStatus.Cancelled
        );

    /// <summary>Outcome of the latest run of a configuration that came to an end after a moment; null without
    /// one.</summary>
    public static async Task<bool?> PassedAsync(
        RolloutDb db,
        int rolloutId,
        Stage stage,
        StageConfiguration configuration,
        DateTimeOffset after,
        CancellationToken cancellationToken
    )
    {
        var values = configuration.ToJson();
        var latest = await db
            .StagingRuns.Where(run =>
                run.RolloutId == rolloutId
                && run.Stage == stage
                && run.ConfigurationJson == values
                && run.Purpose != StagingPurpose.Drill
                && run.StartedAt >= after
                && (run.State == StagingState.Passed || run.State == StagingState.Failed)
            )
            .OrderByDescending(run => run.Id)
            .Select(run => (StagingState?)run.State)
            .FirstOrDefaultAsync(cancellationToken)
            .ConfigureAwait(false);
        return latest is null ? null : latest == StagingState.Passed;
    }
}
