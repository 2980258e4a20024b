using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using RolloutDashboard.Core.Rollouts.Procedures;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Rollouts;

/// <summary>A validation run as pages show it.</summary>
/// <param name="Ended">Iterations that ended.</param>
/// <param name="JsonEnded">Of these, assigned to JSON.</param>
/// <param name="JsonSucceeded">Of these, at Level 3.</param>
public sealed record StagingView(long Id, StagingPurpose Purpose, Stage Stage, int ConfigurationNumber, int Wanted, int Ended, int JsonEnded, int JsonSucceeded, StagingState State, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, string Actor, string? Outcome);

/// <summary>An override that the current stage stands on.</summary>
public sealed record OverrideView(string By, string Reason, DateTimeOffset ExpiresAt);

/// <summary>What the operations page shows beside the live snapshot.</summary>
/// <param name="WhyNoStaging">Why no validation run can start now; null when one can.</param>
/// <param name="Runs">Latest first.</param>
public sealed record OperationsView(
    string RolloutName,
    long StateVersion,
    RolloutPhase Phase,
    string? PhaseReason,
    Stage Stage,
    int Attempt,
    Stage StagingStage,
    StagingPurpose StagingPurpose,
    string? WhyNoStaging,
    IReadOnlyList<StagingView> Runs,
    ResumeReadiness Resume)
{
    /// <summary>A halt that nobody has resolved, also while rolled back; null without one.</summary>
    public string? OpenHalt { get; init; }

    /// <summary>The latest gradual rollback; null when there was none.</summary>
    public ProcedureView? Gradual { get; init; }

    /// <summary>Why none can begin; null when one can.</summary>
    public string? WhyNoGradual { get; init; }

    /// <summary>The latest drill; null when there was none.</summary>
    public ProcedureView? Drill { get; init; }

    /// <summary>The latest that passed.</summary>
    public ProcedureView? LastPassedDrill { get; init; }

    /// <summary>Why none can begin; null when one can.</summary>
    public string? WhyNoDrill { get; init; }
}

/// <summary>Reads what the operations page shows.</summary>
public sealed class ReadOperations(IDbContextFactory<RolloutDb> databases, Resume resume, JsonSwitch jsonSwitch, IOptions<StageOptions> stages)
{
    private const int RunsShown = 8;

    public async Task<OperationsView> ExecuteAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var oneMoment = await db.Database.BeginTransactionAsync(System.Data.IsolationLevel.ReadUncommitted, cancellationToken).ConfigureAwait(false);
        var rollout = await db.Rollouts.OrderByDescending(row => row.Id).FirstAsync(cancellationToken).ConfigureAwait(false);
        var plan = await StagingPlan.OfAsync(db, rollout, stages.Value, cancellationToken).ConfigureAwait(false);
        var runs = await db.StagingRuns.Where(run => run.RolloutId == rollout.Id && run.Purpose != StagingPurpose.Drill).OrderByDescending(run => run.Id).Take(RunsShown).ToListAsync(cancellationToken).ConfigureAwait(false);
        var views = new List<StagingView>();
        foreach (var run in runs)
        {
            views.Add(await ViewAsync(db, run, cancellationToken).ConfigureAwait(false));
        }

        return new OperationsView(
            rollout.Name, rollout.StateVersion, rollout.Phase, rollout.PhaseReason, rollout.Stage, rollout.Attempt, plan.Stage, plan.Purpose, plan.WhyNot, views,
            await resume.LookAsync(cancellationToken).ConfigureAwait(false))
        {
            OpenHalt = await Rollouts.OpenHalt.ReadAsync(db, rollout, cancellationToken).ConfigureAwait(false),
            Gradual = await ReadProcedures.LatestAsync(db, rollout.Id, Procedure.Gradual, cancellationToken).ConfigureAwait(false),
            WhyNoGradual = await RollBackGradually.WhyNotAsync(db, rollout, jsonSwitch.WhyNot(), cancellationToken).ConfigureAwait(false),
            Drill = await ReadProcedures.LatestAsync(db, rollout.Id, Procedure.Drill, cancellationToken).ConfigureAwait(false),
            LastPassedDrill = await ReadProcedures.LastPassedDrillAsync(db, rollout.Id, cancellationToken).ConfigureAwait(false),
            WhyNoDrill = await RunDrill.WhyNotAsync(db, rollout, jsonSwitch.WhyNot(), cancellationToken).ConfigureAwait(false),
        };
    }

    /// <summary>The override that an attempt was entered by; null for an ordinary promotion.</summary>
    public static OverrideView? OverrideOf(StageAttempt attempt) =>
        attempt is { OverrideBy: { } by, OverrideReason: { } reason, OverrideExpiresAt: { } until } ? new OverrideView(by, reason, until) : null;

    private static async Task<StagingView> ViewAsync(RolloutDb db, StagingRun run, CancellationToken cancellationToken)
    {
        var ended = (await ReadStaging.RowsAsync(db, run, cancellationToken).ConfigureAwait(false)).FindAll(row => row.Status != IterationStatus.Running);
        var json = ended.FindAll(row => row.AssignedMode == GenerationMode.Json);
        return new StagingView(
            run.Id, run.Purpose, run.Stage, run.ConfigurationNumber, run.Wanted, ended.Count, json.Count, json.Count(row => row.Succeeded), run.State, run.StartedAt, run.EndedAt, run.Actor, run.Outcome);
    }
}
