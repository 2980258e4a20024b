using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using RolloutDashboard.Core.Configuration;
using RolloutDashboard.Core.Decisions;
using RolloutDashboard.Core.Evaluation.Inputs;
using RolloutDashboard.Core.Iterations;
using RolloutDashboard.Core.Nodes;
using RolloutDashboard.Core.Promotions.Staging;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Promotions;

/// <summary>
/// Takes a rolled-back stage up again, in its next attempt. The database is committed first and latch and marker file
/// are opened last, so that a crash in between leaves JSON off; a stop that comes meanwhile keeps what it has closed.
/// </summary>
public sealed partial class Resume(
    IDbContextFactory<RolloutDb> databases,
    Transitions transitions,
    JsonKillSwitch jsonSwitch,
    TimeProvider clock,
    ILogger<Resume> logger
)
{
    public async Task<TransitionResult> ExecuteAsync(ResumeRequest request, CancellationToken cancellationToken)
    {
        if (WrittenReason.Fault("The cause", request.Cause) is { } fault)
        {
            return new TransitionResult(false, fault);
        }

        var result = await transitions
            .ApplyAsync(
                request.SeenVersion,
                (db, rollout, token) => ApplyAsync(db, rollout, request, token),
                cancellationToken
            )
            .ConfigureAwait(false);
        return result.Succeeded ? result with { Message = Open(result.Message) } : result;
    }

    /// <summary>Tells what a resume still lacks.</summary>
    public async Task<ResumeReadiness> LookAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var rollout = await db.CurrentRolloutAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return new ResumeReadiness(
                await WhyNotAsync(db, rollout, cancellationToken).ConfigureAwait(false),
                jsonSwitch.CaptureToken().Marker
            );
        }
        catch (IOException exception)
        {
            return new ResumeReadiness($"The marker file can't be read: {exception.Message}", null);
        }
    }

    private async Task<(DecisionDraft? Draft, string Message)> ApplyAsync(
        RolloutDb db,
        Rollout rollout,
        ResumeRequest request,
        CancellationToken cancellationToken
    )
    {
        var stops = jsonSwitch.CaptureToken().Stops;
        if (await RefusalAsync(db, rollout, request, cancellationToken).ConfigureAwait(false) is { } refusal)
        {
            return (null, refusal);
        }

        var now = clock.GetUtcNow();
        var inForce = await ConfigurationNumbers.InForceAsync(db, rollout, cancellationToken).ConfigureAwait(false);
        var halted = await BeginAttemptAsync(db, rollout, now, cancellationToken).ConfigureAwait(false);
        var version = await ConfigurationNumbers
            .PutInForceAsync(
                db,
                rollout,
                StagingPlan.ToResume(inForce),
                inForce.Basis,
                request.Actor,
                request.Cause.Trim(),
                now,
                cancellationToken
            )
            .ConfigureAwait(false);
        await EndRollbacksAsync(db, rollout, cancellationToken).ConfigureAwait(false);
        if (!HoldAndGrant(request, stops))
        {
            return (
                null,
                "JSON mode was stopped again while you resumed; nothing was resumed. Look at the page again."
            );
        }

        return Resumed(rollout, request, inForce.Number, version.Number, halted);
    }

    private async Task<string?> RefusalAsync(
        RolloutDb db,
        Rollout rollout,
        ResumeRequest request,
        CancellationToken cancellationToken
    ) =>
        await WhyNotAsync(db, rollout, cancellationToken).ConfigureAwait(false)
        ?? (
            jsonSwitch.CaptureToken().Marker != request.SeenMarker
                ? "JSON mode was stopped again since you opened this. Look at the page again."
                : null
        );

    /// <returns>Why the rollout is still halted; null where no halt is open.</returns>
    private static async Task<string?> BeginAttemptAsync(
        RolloutDb db,
        Rollout rollout,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        rollout.Attempt =
            await db
                .StageAttempts.Where(visit => visit.RolloutId == rollout.Id && visit.Stage == rollout.Stage)
                .MaxAsync(visit => visit.Attempt, cancellationToken)
                .ConfigureAwait(false) + 1;
        var halted = await Halt.ReadAsync(db, rollout, cancellationToken).ConfigureAwait(false);
        (rollout.Phase, rollout.PhaseReason) = halted is null
            ? (RolloutPhase.Active, null)
            : (RolloutPhase.Halted, halted);
        (rollout.AttemptStartedAt, rollout.ResumedAt) = (now, now);
        db.StageAttempts.Add(
            new StageAttempt
            {
                RolloutId = rollout.Id,
                Stage = rollout.Stage,
                Attempt = rollout.Attempt,
                StartedAt = now,
            }
        );
        return halted;
    }

    private static Task<int> EndRollbacksAsync(RolloutDb db, Rollout rollout, CancellationToken cancellationToken) =>
        db
            .Rollbacks.Where(row => row.RolloutId == rollout.Id && row.State == RollbackState.Stopped)
            .ExecuteUpdateAsync(update => update.SetProperty(row => row.State, RollbackState.Ended), cancellationToken);

    private static (DecisionDraft? Draft, string Message) Resumed(
        Rollout rollout,
        ResumeRequest request,
        int configurationBefore,
        int configurationAfter,
        string? halted
    )
    {
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"Stage {rollout.Stage.Number()} resumed with attempt {rollout.Attempt}: json_mode_enabled = true (configuration {configurationAfter}).{(halted is null ? "" : " The halt is still open; promotion stays locked until a person resolves it.")}"
        );
        return (
            new DecisionDraft(
                "resume",
                request.Actor,
                text,
                request.Cause.Trim(),
                new
                {
                    stage = rollout.Stage.Number(),
                    attempt = rollout.Attempt,
                    configurationBefore,
                    configurationAfter,
                    request.SeenMarker,
                }
            ),
            text
        );
    }

    // A latch of its own, so that this process assigns nothing while the marker file is being taken away.
    // Another stop in between leaves its own number behind, and this one then opens nothing.
    private bool HoldAndGrant(ResumeRequest request, int stops)
    {
        var own = jsonSwitch.Latch();
        if (own != stops + 1)
        {
            return false;
        }

        jsonSwitch.Acknowledge(own);
        jsonSwitch.AuthorizeRelease(new KillSwitchToken(own, request.SeenMarker));
        return true;
    }

    private string Open(string message)
    {
        try
        {
            return jsonSwitch.TryRelease()
                ? message
                : $"{message} JSON mode was stopped again meanwhile and stays off.";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            LogNotReleased(logger, exception);
            return $"{message} The marker file can't be removed yet ({exception.Message}), so JSON stays off; it is tried again every few seconds.";
        }
    }

    private async Task<string?> WhyNotAsync(RolloutDb db, Rollout rollout, CancellationToken cancellationToken)
    {
        if (rollout.Phase != RolloutPhase.RolledBack)
        {
            return "The rollout is not rolled back, so there is nothing to resume.";
        }

        var rollback = await db
            .Rollbacks.Where(row => row.RolloutId == rollout.Id)
            .OrderByDescending(row => row.Id)
            .FirstAsync(cancellationToken)
            .ConfigureAwait(false);
        if (rollback.StoppedAt is null || jsonSwitch.IsUnsettled)
        {
            return "A stop of JSON mode is still being carried out.";
        }

        var inForce = await ConfigurationNumbers.InForceAsync(db, rollout, cancellationToken).ConfigureAwait(false);
        return await ReadStaging
            .PassedAsync(
                db,
                rollout.Id,
                rollout.Stage,
                StagingPlan.ToResume(inForce),
                rollback.RequestedAt,
                cancellationToken
            )
            .ConfigureAwait(false) switch
        {
            true => null,
            false => "The latest staging validation since the rollback failed. Mend what it names and validate again.",
            null =>
                $"Needs a passed staging validation of stage {rollout.Stage.Number()}'s configuration since the rollback.",
        };
    }

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "The marker file could not be removed after a resume; JSON stays off until it can."
    )]
    private static partial void LogNotReleased(ILogger logger, Exception exception);
}
