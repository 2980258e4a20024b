using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Alerts;
using RolloutDashboard.Core.Configuration;
using RolloutDashboard.Core.Evaluation.Inputs;
using RolloutDashboard.Core.Gates;
using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Iterations;
using RolloutDashboard.Core.Monitoring.Live;
using RolloutDashboard.Core.Nodes;
using RolloutDashboard.Core.Rollbacks;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Monitoring.Headlines;

/// <summary>Reads what the headline is made from. For use inside a transaction.</summary>
public sealed class ReadHeadlineFacts(JsonKillSwitch jsonSwitch, ILoopStatus loopStatus)
{
    public async Task<HeadlineFacts> ExecuteAsync(
        RolloutDb db,
        Rollout rollout,
        StageConfiguration configuration,
        GateInputs inputs,
        GateReport gate,
        ProcedureView? gradual,
        CancellationToken cancellationToken
    )
    {
        var waitsFor = loopStatus.Now.WaitsFor;
        var (off, offReason) = Off(configuration);
        var alerts = await FiringAsync(db, rollout, cancellationToken).ConfigureAwait(false);
        var run = await RunningValidationAsync(db, rollout, cancellationToken).ConfigureAwait(false);
        return new HeadlineFacts
        {
            Phase = rollout.Phase,
            PhaseReason = rollout.PhaseReason,
            Stage = rollout.Stage,
            Gate = gate,
            Loop = Loop(rollout.DesiredLoopState, waitsFor),
            LoopReason = waitsFor,
            JsonOff = off,
            JsonOffReason = offReason,
            Resume =
                rollout.Phase == RolloutPhase.RolledBack
                    ? await ResumeAsync(db, rollout, configuration, run, cancellationToken).ConfigureAwait(false)
                    : ResumeState.NeedsValidation,
            OpenHalt = await OpenHaltAsync(db, rollout, cancellationToken).ConfigureAwait(false),
            HaltResolved = await IsHaltResolvedAsync(db, rollout, cancellationToken).ConfigureAwait(false),
            Staging = run is null ? null : await StagingAsync(db, run, cancellationToken).ConfigureAwait(false),
            Gradual = gradual,
            Share = Share(rollout, configuration, off, inputs),
            OpenAlerts = alerts.Count,
            WorstAlert = alerts.Count == 0 ? null : alerts.Max(),
            OpenFindings = await OpenFindingsAsync(db, rollout, cancellationToken).ConfigureAwait(false),
            BlockingFindings = inputs.Facts.OpenBlockingFindings,
        };
    }

    private static Task<List<AlertSeverity>> FiringAsync(
        RolloutDb db,
        Rollout rollout,
        CancellationToken cancellationToken
    ) =>
        db
            .Alerts.Where(alert =>
                alert.RolloutId == rollout.Id && alert.Rule != AlertNames.SelfTest && alert.Phase == AlertPhase.Firing
            )
            .Select(alert => alert.Severity)
            .ToListAsync(cancellationToken);

    private static Task<StagingRun?> RunningValidationAsync(
        RolloutDb db,
        Rollout rollout,
        CancellationToken cancellationToken
    ) =>
        db
            .StagingRuns.Where(row =>
                row.RolloutId == rollout.Id && row.Purpose != StagingPurpose.Drill && row.State == StagingState.Running
            )
            .OrderByDescending(row => row.Id)
            .FirstOrDefaultAsync(cancellationToken);

    private static LoopState Loop(DesiredLoopState desired, string? waitsFor) =>
        desired switch
        {
            DesiredLoopState.Paused => LoopState.Paused,
            DesiredLoopState.Stopped => LoopState.Stopped,
            _ => waitsFor is null ? LoopState.Running : LoopState.Waiting,
        };

    private static async Task<string?> OpenHaltAsync(
        RolloutDb db,
        Rollout rollout,
        CancellationToken cancellationToken
    ) =>
        rollout.Phase == RolloutPhase.RolledBack
            ? await Halt.ReadAsync(db, rollout, cancellationToken).ConfigureAwait(false)
            : null;

    private static Task<bool> IsHaltResolvedAsync(RolloutDb db, Rollout rollout, CancellationToken cancellationToken) =>
        db.StageAttempts.AnyAsync(
            visit =>
                visit.RolloutId == rollout.Id
                && visit.Stage == rollout.Stage
                && visit.Attempt == rollout.Attempt
                && visit.HaltResolvedAt != null,
            cancellationToken
        );

    private static async Task<StagingFacts> StagingAsync(
        RolloutDb db,
        StagingRun run,
        CancellationToken cancellationToken
    ) =>
        new(
            await ReadStaging
                .Iterations(db, run)
                .CountAsync(row => row.Status != IterationStatus.Running, cancellationToken)
                .ConfigureAwait(false),
            run.Wanted
        );

    private static Task<int> OpenFindingsAsync(RolloutDb db, Rollout rollout, CancellationToken cancellationToken) =>
        db.Findings.CountAsync(
            finding =>
                finding.RolloutId == rollout.Id
                && finding.ClearedAt == null
                && finding.DismissedAt == null
                && finding.Severity != FindingSeverity.Info,
            cancellationToken
        );

    private (JsonOffCause Cause, string? Reason) Off(StageConfiguration configuration) =>
        configuration switch
        {
            { JsonModeEnabled: false } => (JsonOffCause.Stop, "json_mode_enabled is false"),
            _ when jsonSwitch.WhyNot() is { } closed => (JsonOffCause.Stop, closed),
            { UseJsonMode: false } => (JsonOffCause.Flag, "use_json_mode is false"),
            _ => (JsonOffCause.None, null),
        };

    private async Task<ResumeState> ResumeAsync(
        RolloutDb db,
        Rollout rollout,
        StageConfiguration inForce,
        StagingRun? run,
        CancellationToken cancellationToken
    )
    {
        var rollback = await db
            .Rollbacks.Where(row => row.RolloutId == rollout.Id)
            .OrderByDescending(row => row.Id)
            .FirstOrDefaultAsync(cancellationToken)
            .ConfigureAwait(false);
        if (rollback is null or { StoppedAt: null } || jsonSwitch.IsUnsettled)
        {
            return ResumeState.Stopping;
        }

        if (rollback is { Kind: "emergency", State: RollbackState.Stopped })
        {
            return ResumeState.Verifying;
        }

        if (run is not null)
        {
            return ResumeState.Validating;
        }

        var toResume = inForce with { JsonModeEnabled = true };
        return await ReadStaging
            .PassedAsync(db, rollout.Id, rollout.Stage, toResume, rollback.RequestedAt, cancellationToken)
            .ConfigureAwait(false) switch
        {
            true => ResumeState.Ready,
            false => ResumeState.ValidationFailed,
            null => ResumeState.NeedsValidation,
        };
    }

    // A stop that the database does not have yet has assigned nothing under its own configuration.
    private static ShareFigures Share(
        Rollout rollout,
        StageConfiguration configuration,
        JsonOffCause off,
        GateInputs inputs
    )
    {
        if (off == JsonOffCause.Stop && configuration.JsonModeEnabled)
        {
            return new ShareFigures(0, 0, 0);
        }

        var assigned = inputs
            .Rows.Where(row =>
                row.Kind == IterationKind.Generated && row.ConfigurationNumber == rollout.ConfigurationNumber
            )
            .ToList();
        return new ShareFigures(
            ReadEvidenceRows.ShareOf(configuration),
            assigned.Count(row => row.AssignedMode == GenerationMode.Json),
            assigned.Count
        );
    }
}
