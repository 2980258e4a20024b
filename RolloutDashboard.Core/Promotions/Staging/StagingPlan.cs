using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Configuration;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Promotions.Staging;

/// <summary>What a validation run started now would be for: the same stage after a rollback, else the next
/// one.</summary>
/// <param name="WhyNot">Why none can start; null when one can.</param>
public sealed record StagingPlan(StagingPurpose Purpose, Stage Stage, StageConfiguration Configuration, string? WhyNot)
{
    /// <summary>Reads the plan from the tables.</summary>
    public static async Task<StagingPlan> OfAsync(
        RolloutDb db,
        Rollout rollout,
        StageOptions stages,
        CancellationToken cancellationToken
    )
    {
        var isResume = rollout.Phase == RolloutPhase.RolledBack;
        if (!isResume)
        {
            return rollout.Stage == Stage.FullProduction
                ? new StagingPlan(
                    StagingPurpose.Promotion,
                    rollout.Stage,
                    stages.StartOf(rollout.Stage),
                    "There is no stage after 3.4 to validate."
                )
                : new StagingPlan(
                    StagingPurpose.Promotion,
                    rollout.Stage + 1,
                    stages.StartOf(rollout.Stage + 1),
                    await RunningAsync(db, rollout, cancellationToken).ConfigureAwait(false)
                );
        }

        var inForce = await ConfigurationNumbers.InForceAsync(db, rollout, cancellationToken).ConfigureAwait(false);
        var rollback = await db
            .Rollbacks.Where(row => row.RolloutId == rollout.Id)
            .OrderByDescending(row => row.Id)
            .FirstOrDefaultAsync(cancellationToken)
            .ConfigureAwait(false);
        return new StagingPlan(
            StagingPurpose.Resume,
            rollout.Stage,
            ToResume(inForce),
            WaitsFor(rollback) ?? await RunningAsync(db, rollout, cancellationToken).ConfigureAwait(false)
        );
    }

    /// <summary>What a resume puts in force: the flags as the rollback found them, with the switch on again.</summary>
    public static StageConfiguration ToResume(ConfigurationVersion inForce) =>
        StageConfiguration.FromJson(inForce.ValuesJson) with
        {
            JsonModeEnabled = true,
        };

    // JSON in staging waits until the stop is through; after a crash also until the loop has proven that full code
    // works.
    private static string? WaitsFor(Rollback? rollback) =>
        rollback switch
        {
            null => null,
            { StoppedAt: null } => "The rollback is not through yet: JSON iterations are still ending.",
            { Kind: "emergency", State: RollbackState.Stopped } =>
                "The emergency rollback is not verified yet; until then no JSON runs, not even in staging. Start the loop if it is paused.",
            _ => null,
        };

    private static async Task<string?> RunningAsync(
        RolloutDb db,
        Rollout rollout,
        CancellationToken cancellationToken
    ) =>
        await db
            .StagingRuns.AnyAsync(
                run => run.RolloutId == rollout.Id && run.State == StagingState.Running,
                cancellationToken
            )
            .ConfigureAwait(false)
            ? "A validation run is going on already."
            : null;
}
