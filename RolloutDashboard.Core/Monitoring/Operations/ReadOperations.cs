using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using RolloutDashboard.Core.Configuration;
using RolloutDashboard.Core.Evaluation.Inputs;
using RolloutDashboard.Core.Nodes;
using RolloutDashboard.Core.Promotions;
using RolloutDashboard.Core.Promotions.Staging;
using RolloutDashboard.Core.Rollbacks;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Monitoring.Operations;

/// <summary>Reads what the operations page shows.</summary>
public sealed class ReadOperations(
    IDbContextFactory<RolloutDb> databases,
    Resume resume,
    JsonKillSwitch jsonSwitch,
    IOptions<StageOptions> stages
)
{
    private const int RunsShown = 8;

    public async Task<OperationsView> ExecuteAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var oneMoment = await db.BeginReadAsync(cancellationToken).ConfigureAwait(false);
        var rollout = await db.CurrentRolloutAsync(cancellationToken).ConfigureAwait(false);
        return await ViewAsync(db, rollout, cancellationToken).ConfigureAwait(false);
    }

    private async Task<OperationsView> ViewAsync(RolloutDb db, Rollout rollout, CancellationToken cancellationToken)
    {
        var plan = await StagingPlan.OfAsync(db, rollout, stages.Value, cancellationToken).ConfigureAwait(false);
        var runs = await RunsAsync(db, rollout, cancellationToken).ConfigureAwait(false);
        return new OperationsView(
            rollout.Name,
            rollout.StateVersion,
            rollout.Phase,
            rollout.PhaseReason,
            rollout.Stage,
            rollout.Attempt,
            plan.Stage,
            plan.Purpose,
            plan.WhyNot,
            runs,
            await resume.LookAsync(cancellationToken).ConfigureAwait(false)
        )
        {
            OpenHalt = await Core
                .Evaluation.Inputs.Halt.ReadAsync(db, rollout, cancellationToken)
                .ConfigureAwait(false),
            Gradual = await ReadProcedures
                .LatestAsync(db, rollout.Id, Procedure.Gradual, cancellationToken)
                .ConfigureAwait(false),
            WhyNoGradual = await RollBackGradually
                .WhyNotAsync(db, rollout, jsonSwitch.WhyNot(), cancellationToken)
                .ConfigureAwait(false),
            Drill = await ReadProcedures
                .LatestAsync(db, rollout.Id, Procedure.Drill, cancellationToken)
                .ConfigureAwait(false),
            LastPassedDrill = await ReadProcedures
                .LastPassedDrillAsync(db, rollout.Id, cancellationToken)
                .ConfigureAwait(false),
            WhyNoDrill = await StartDrill
                .WhyNotAsync(db, rollout, jsonSwitch.WhyNot(), cancellationToken)
                .ConfigureAwait(false),
        };
    }

    /// <summary>The override that an attempt was entered by; null for an ordinary promotion.</summary>
    public static OverrideView? OverrideOf(StageAttempt attempt) =>
        attempt is { OverrideBy: { } by, OverrideReason: { } reason, OverrideExpiresAt: { } until }
            ? new OverrideView(by, reason, until)
            : null;

    private static async Task<IReadOnlyList<StagingView>> RunsAsync(
        RolloutDb db,
        Rollout rollout,
        CancellationToken cancellationToken
    )
    {
        var runs = await db
            .StagingRuns.Where(run => run.RolloutId == rollout.Id && run.Purpose != StagingPurpose.Drill)
            .OrderByDescending(run => run.Id)
            .Take(RunsShown)
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);
        var views = new List<StagingView>();
        foreach (var run in runs)
        {
            views.Add(await ViewAsync(db, run, cancellationToken).ConfigureAwait(false));
        }

        return views;
    }

    private static async Task<StagingView> ViewAsync(RolloutDb db, StagingRun run, CancellationToken cancellationToken)
    {
        var ended = (await ReadStagingEvidence.RowsAsync(db, run, cancellationToken).ConfigureAwait(false)).FindAll(
            row => row.Status != IterationStatus.Running
        );
        var json = ended.FindAll(row => row.AssignedMode == GenerationMode.Json);
        return new StagingView(
            run.Id,
            run.Purpose,
            run.Stage,
            run.ConfigurationNumber,
            run.Wanted,
            ended.Count,
            json.Count,
            json.Count(row => row.Succeeded),
            run.State,
            run.StartedAt,
            run.EndedAt,
            run.Actor,
            run.Outcome
        );
    }
}
