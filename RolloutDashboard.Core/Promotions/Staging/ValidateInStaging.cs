using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using RolloutDashboard.Core.Configuration;
using RolloutDashboard.Core.Decisions;
using RolloutDashboard.Core.Evaluation.Inputs;
using RolloutDashboard.Core.Iterations;
using RolloutDashboard.Core.Nodes;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Promotions.Staging;

/// <summary>
/// Validates a configuration by a run of 20 iterations in staging. The run has a configuration version and a switch of
/// its own, so that it may use JSON while production is rolled back; a stop of JSON mode cancels it all the same.
/// </summary>
public sealed class ValidateInStaging(
    IDbContextFactory<RolloutDb> databases,
    Transitions transitions,
    RunningIterations running,
    JsonKillSwitch jsonSwitch,
    IOptions<StageOptions> stages,
    TimeProvider clock
)
{
    /// <summary>Iterations of a run.</summary>
    public const int Wanted = 20;

    /// <summary>Starts a run of what is to come next: the same stage's configuration after a rollback, else the next
    /// stage's.</summary>
    public Task<TransitionResult> StartAsync(string actor, CancellationToken cancellationToken) =>
        RecordAsync(
            async (db, rollout, token) =>
            {
                var plan = await StagingPlan.OfAsync(db, rollout, stages.Value, token).ConfigureAwait(false);
                if (
                    (
                        plan.WhyNot
                        ?? (jsonSwitch.IsUnsettled ? "A stop of JSON mode is being carried into the database." : null)
                    ) is
                    { } whyNot
                )
                {
                    return (null, whyNot);
                }

                var now = clock.GetUtcNow();
                var number = await ConfigurationNumbers.NextAsync(db, rollout.Id, token).ConfigureAwait(false);
                var version = Version(rollout, plan, number, actor, now);
                db.ConfigurationVersions.Add(version);
                db.StagingRuns.Add(Run(plan, version));
                return Started(plan, version);
            },
            cancellationToken
        );

    /// <summary>Ends the run that goes on; its iterations are cancelled.</summary>
    public async Task<TransitionResult> CancelAsync(string actor, CancellationToken cancellationToken)
    {
        IReadOnlyList<long> ids = [];
        var result = await RecordAsync(
                async (db, rollout, token) =>
                {
                    if (await RunningAsync(db, rollout.Id, token).ConfigureAwait(false) is not { } run)
                    {
                        return (null, "No validation run is going on.");
                    }

                    ids = await ReadStaging
                        .Iterations(db, run)
                        .Where(row => row.Status == IterationStatus.Running)
                        .Select(row => row.Id)
                        .ToListAsync(token)
                        .ConfigureAwait(false);
                    await EndAsync(db, run, StagingState.Cancelled, $"Cancelled by {actor}.", token)
                        .ConfigureAwait(false);
                    return (
                        new DecisionDraft(
                            "staging-cancelled",
                            actor,
                            $"Staging validation of stage {run.Stage.Number()} was cancelled.",
                            null,
                            new { run.Id, configuration = run.ConfigurationNumber }
                        ),
                        "The validation run was cancelled."
                    );
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        running.Cancel(ids, CancellationReason.ValidationCancelled);
        return result;
    }

    /// <summary>Judges the run if all of its iterations have ended; does nothing before.</summary>
    public async Task ConcludeAsync(CancellationToken cancellationToken) =>
        await RecordAsync(
                async (db, rollout, token) =>
                {
                    if (await RunningAsync(db, rollout.Id, token).ConfigureAwait(false) is not { } run)
                    {
                        return (null, "");
                    }

                    var rows = await ReadStagingEvidence.RowsAsync(db, run, token).ConfigureAwait(false);
                    if (rows.Count < run.Wanted || rows.Exists(row => row.Status == IterationStatus.Running))
                    {
                        return (null, "");
                    }

                    var judgement = StagingJudgement.Of(
                        StageConfiguration.FromJson(run.ConfigurationJson),
                        rows,
                        run.Wanted
                    );
                    await EndAsync(db, run, judgement, token).ConfigureAwait(false);
                    return (
                        new DecisionDraft(
                            judgement.Passed ? "staging-passed" : "staging-failed",
                            "system",
                            $"Staging validation of stage {run.Stage.Number()}: {judgement.Text}",
                            null,
                            new
                            {
                                run.Id,
                                configuration = run.ConfigurationNumber,
                                startedBy = run.Actor,
                            }
                        ),
                        judgement.Text
                    );
                },
                cancellationToken
            )
            .ConfigureAwait(false);

    /// <summary>Whether a run still needs iterations.</summary>
    public async Task<bool> IsRunningAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        return await db
            .StagingRuns.AnyAsync(run => run.State == StagingState.Running, cancellationToken)
            .ConfigureAwait(false);
    }

    private static ConfigurationVersion Version(
        Rollout rollout,
        StagingPlan plan,
        int number,
        string actor,
        DateTimeOffset now
    ) =>
        new()
        {
            RolloutId = rollout.Id,
            Environment = RolloutEnvironment.Staging,
            Number = number,
            Stage = plan.Stage,
            ValuesJson = plan.Configuration.ToJson(),
            CreatedAt = now,
            Actor = actor,
            Reason =
                plan.Purpose == StagingPurpose.Resume
                    ? "Validation before a resume."
                    : "Validation before a promotion.",
        };

    private static StagingRun Run(StagingPlan plan, ConfigurationVersion version) =>
        new()
        {
            RolloutId = version.RolloutId,
            Purpose = plan.Purpose,
            Stage = plan.Stage,
            ConfigurationNumber = version.Number,
            ConfigurationJson = version.ValuesJson,
            Wanted = Wanted,
            State = StagingState.Running,
            StartedAt = version.CreatedAt,
            Actor = version.Actor,
        };

    private static (DecisionDraft? Draft, string Message) Started(StagingPlan plan, ConfigurationVersion version)
    {
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"Staging validation of stage {plan.Stage.Number()} started: {Wanted} iterations under configuration {version.Number}."
        );
        return (
            new DecisionDraft(
                "staging-started",
                version.Actor,
                text,
                null,
                new
                {
                    configuration = version.Number,
                    purpose = plan.Purpose.ToString(),
                    plan.Configuration,
                }
            ),
            text
        );
    }

    private static Task<StagingRun?> RunningAsync(RolloutDb db, int rolloutId, CancellationToken cancellationToken) =>
        db
            .StagingRuns.AsTracking()
            .SingleOrDefaultAsync(
                run =>
                    run.RolloutId == rolloutId
                    && run.State == StagingState.Running
                    && run.Purpose != StagingPurpose.Drill,
                cancellationToken
            );

    private Task EndAsync(RolloutDb db, StagingRun run, StagingJudgement judgement, CancellationToken token) =>
        EndAsync(db, run, judgement.Passed ? StagingState.Passed : StagingState.Failed, judgement.Text, token);

    private Task EndAsync(RolloutDb db, StagingRun run, StagingState state, string outcome, CancellationToken token)
    {
        var now = clock.GetUtcNow();
        (run.State, run.EndedAt, run.Outcome) = (state, now, outcome);
        return LineageClosing.CloseAsync(
            db.Lineages.Where(lineage =>
                lineage.RolloutId == run.RolloutId && lineage.Environment == RolloutEnvironment.Staging
            ),
            LineageEnd.Attempt,
            now,
            token
        );
    }

    // Validation leaves the rollout's state alone, so it takes no state version and makes no open page stale.
    private Task<TransitionResult> RecordAsync(
        Func<RolloutDb, Rollout, CancellationToken, Task<(DecisionDraft? Draft, string Message)>> change,
        CancellationToken cancellationToken
    ) => transitions.RecordAsync(change, cancellationToken);
}
