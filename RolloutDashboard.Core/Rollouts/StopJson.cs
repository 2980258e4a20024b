using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using RolloutDashboard.Core.Iterations;
using RolloutDashboard.Core.Rollouts.Procedures;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Rollouts;

/// <param name="Kind">"immediate" or "emergency".</param>
/// <param name="Actor">User name, or "system".</param>
public sealed record StopJsonRequest(string Kind, string Actor, string Reason, object Inputs);

/// <summary>How a stop went.</summary>
/// <param name="IsOff">Whether no JSON can be assigned any more; true as soon as the latch is closed.</param>
/// <param name="RollbackId">The procedure, once the database has it.</param>
public sealed record StopJsonResult(bool IsOff, bool IsCommitted, string Message, long? RollbackId, TimeSpan Elapsed);

/// <summary>
/// The immediate rollback: latch, then marker file, then one write transaction. Never refused as stale, and needs no model,
/// market data or mail server; without the database, latch and marker hold and the supervisor brings the transaction after.
/// </summary>
public sealed partial class StopJson(
    IDbContextFactory<RolloutDb> databases,
    Transitions transitions,
    JsonSwitch jsonSwitch,
    RunningIterations running,
    IRolloutChanges changes,
    TimeProvider clock,
    ILogger<StopJson> logger)
{
    private static readonly TimeSpan UnwindLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan UnwindLook = TimeSpan.FromMilliseconds(10);

    private int _executing;

    /// <summary>Whether a stop is on its way into the database now.</summary>
    public bool IsExecuting => Volatile.Read(ref _executing) > 0;

    public async Task<StopJsonResult> ExecuteAsync(StopJsonRequest request)
    {
        Interlocked.Increment(ref _executing);
        try
        {
            return await StopAsync(request).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref _executing);
        }
    }

    private async Task<StopJsonResult> StopAsync(StopJsonRequest request)
    {
        var started = clock.GetTimestamp();
        var requestedAt = clock.GetUtcNow();
        var stop = jsonSwitch.Latch();
        running.CancelJson(CancellationReason.Rollback);
        changes.Publish();
        var marker = TryMark(request);
        long? rollbackId;
        string message;
        try
        {
            (rollbackId, message) = await CommitAsync(request, requestedAt, marker).ConfigureAwait(false);
            jsonSwitch.Settle(stop);
        }
        catch (Exception exception) when (exception is DbUpdateException or SqliteException or IOException or InvalidOperationException)
        {
            LogNotCommitted(logger, exception);
            return new StopJsonResult(true, false, $"JSON is off in this process{(marker is null ? " and by the marker file" : "")}, but the database has not taken it yet: {exception.GetBaseException().Message}. It is tried again every few seconds.", null, clock.GetElapsedTime(started));
        }

        await UnwindAsync(rollbackId, requestedAt).ConfigureAwait(false);
        return new StopJsonResult(true, true, message, rollbackId, clock.GetElapsedTime(started));
    }

    /// <summary>Marks a committed stop as Stopped that could not be marked in its own time, because iterations were slow to let go or the process ended.</summary>
    public async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        if (running.JsonCount > 0)
        {
            return;
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var unmarked = await db.Rollbacks.Where(row => row.State == RollbackState.Stopped && row.StoppedAt == null)
            .Select(row => new { row.Id, row.RequestedAt }).ToListAsync(cancellationToken).ConfigureAwait(false);
        foreach (var rollback in unmarked)
        {
            await MarkStoppedAsync(rollback.Id, rollback.RequestedAt).ConfigureAwait(false);
        }
    }

    private string? TryMark(StopJsonRequest request)
    {
        try
        {
            jsonSwitch.Mark(request.Actor, request.Reason);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            LogNotMarked(logger, exception);
            return exception.Message;
        }
    }

    private async Task<(long? RollbackId, string Message)> CommitAsync(StopJsonRequest request, DateTimeOffset requestedAt, string? markerFault)
    {
        Rollback? rollback = null;
        var result = await transitions.ApplyAsync(seenVersion: null, async (db, rollout, token) =>
        {
            var current = await db.ConfigurationVersions.SingleAsync(row => row.RolloutId == rollout.Id && row.Number == rollout.ConfigurationNumber, token).ConfigureAwait(false);
            var configuration = StageConfiguration.FromJson(current.ValuesJson);
            var cancelled = await CancelJsonAsync(db, rollout, requestedAt, token).ConfigureAwait(false);
            await CancelStagingAsync(db, rollout, requestedAt, token).ConfigureAwait(false);
            await RollBackGradually.TakeOverAsync(db, rollout.Id, requestedAt, token).ConfigureAwait(false);
            if (!configuration.JsonModeEnabled)
            {
                rollback = await db.Rollbacks.Where(row => row.RolloutId == rollout.Id).OrderByDescending(row => row.Id).FirstOrDefaultAsync(token).ConfigureAwait(false);
                var since = current.CreatedAt.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
                return (new DecisionDraft("rollback-repeated", request.Actor, $"Stop of JSON mode asked for; it was already off since {since}.", request.Reason, request.Inputs), $"JSON was already off since {since}; this request is recorded too.");
            }

            var lastNumber = await db.Iterations.Where(row => row.RolloutId == rollout.Id && row.Environment == RolloutEnvironment.Production).MaxAsync(row => (long?)row.Number, token).ConfigureAwait(false) ?? 0;
            var number = await ConfigurationNumbers.NextAsync(db, rollout.Id, token).ConfigureAwait(false);
            var now = clock.GetUtcNow();
            db.ConfigurationVersions.Add(new ConfigurationVersion
            {
                RolloutId = rollout.Id,
                Environment = RolloutEnvironment.Production,
                Number = number,
                Stage = rollout.Stage,
                ValuesJson = (configuration with { JsonModeEnabled = false }).ToJson(),
                Basis = current.Basis,
                CreatedAt = now,
                Actor = request.Actor,
                Reason = request.Reason,
            });
            rollout.ConfigurationNumber = number;
            (rollout.Phase, rollout.PhaseReason) = (RolloutPhase.RolledBack, request.Reason);
            await db.StageAttempts.Where(visit => visit.RolloutId == rollout.Id && visit.Stage == rollout.Stage && visit.Attempt == rollout.Attempt)
                .ExecuteUpdateAsync(update => update.SetProperty(visit => visit.EndedAt, now).SetProperty(visit => visit.Outcome, "rolled back"), token).ConfigureAwait(false);
            rollback = new Rollback
            {
                RolloutId = rollout.Id,
                Kind = request.Kind,
                Actor = request.Actor,
                Reason = request.Reason,
                RequestedAt = requestedAt,
                State = RollbackState.Stopped,
                LastNumberBefore = lastNumber,
                Steps = RollbackSteps.AtStop(now, markerFault, number, cancelled),
            };
            db.Rollbacks.Add(rollback);
            return (new DecisionDraft("rollback", request.Actor, $"{(request.Kind == "emergency" ? "Emergency" : "Immediate")} rollback of stage {rollout.Stage.Number()}: json_mode_enabled = false (configuration {number}), {cancelled.Count} JSON iterations cancelled.", request.Reason, request.Inputs),
                "JSON mode is off.");
        }, CancellationToken.None).ConfigureAwait(false);
        return (rollback?.Id, result.Message);
    }

    // One whose JSON has failed runs in full code by now, and counts as that failure.
    private async Task<IReadOnlyList<long>> CancelJsonAsync(RolloutDb db, Rollout rollout, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var decided = running.DecidedIds;
        var rows = await db.Iterations.AsTracking()
            .Where(row => row.RolloutId == rollout.Id && row.Status == IterationStatus.Running && row.AssignedMode == GenerationMode.Json && !decided.Contains(row.Id)).ToListAsync(cancellationToken).ConfigureAwait(false);
        foreach (var row in rows)
        {
            row.EndedAt = now;
            RecordIteration.Cancel(row, CancellationReason.Rollback);
            await Rollups.AddAsync(db, row, cancellationToken).ConfigureAwait(false);
        }

        return [.. rows.Select(row => row.Number)];
    }

    // A stop ends JSON wherever it runs; a validation run begins anew when a person wants one.
    private static Task CancelStagingAsync(RolloutDb db, Rollout rollout, DateTimeOffset now, CancellationToken cancellationToken) =>
        db.StagingRuns.Where(run => run.RolloutId == rollout.Id && run.State == StagingState.Running)
            .ExecuteUpdateAsync(update => update.SetProperty(run => run.State, StagingState.Cancelled).SetProperty(run => run.EndedAt, now).SetProperty(run => run.Outcome, "Cancelled: JSON mode was stopped meanwhile."), cancellationToken);

    // Stopped means: committed, and no JSON iteration running in this process either.
    private async Task UnwindAsync(long? rollbackId, DateTimeOffset requestedAt)
    {
        var began = clock.GetTimestamp();
        while (running.JsonCount > 0 && clock.GetElapsedTime(began) < UnwindLimit)
        {
            await Task.Delay(UnwindLook, clock).ConfigureAwait(false);
        }

        if (rollbackId is null || running.JsonCount > 0)
        {
            return;
        }

        try
        {
            await MarkStoppedAsync(rollbackId.Value, requestedAt).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is DbUpdateException or SqliteException or IOException or InvalidOperationException)
        {
            LogNotMarkedStopped(logger, exception);
        }
    }

    private async Task MarkStoppedAsync(long rollbackId, DateTimeOffset requestedAt)
    {
        await using var db = await databases.CreateDbContextAsync().ConfigureAwait(false);
        var now = clock.GetUtcNow();
        var set = await db.Rollbacks.Where(row => row.Id == rollbackId && row.StoppedAt == null)
            .ExecuteUpdateAsync(update => update.SetProperty(row => row.StoppedAt, now)).ConfigureAwait(false);
        if (set > 0)
        {
            var text = string.Create(CultureInfo.InvariantCulture, $"No JSON iteration is running; {(now - requestedAt).TotalSeconds:0.000} s after the request.");
            await db.RollbackSteps.Where(step => step.RollbackId == rollbackId && step.Order == RollbackSteps.Stopped)
                .ExecuteUpdateAsync(update => update.SetProperty(step => step.State, "done").SetProperty(step => step.At, now).SetProperty(step => step.Text, text)).ConfigureAwait(false);
        }

        changes.Publish();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "JSON is off by latch and marker file, but the database has not taken the rollback yet.")]
    private static partial void LogNotCommitted(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "The marker file of the JSON switch could not be written; the latch holds in this process.")]
    private static partial void LogNotMarked(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The rollback is committed, but could not be marked as Stopped yet; the supervisor does it.")]
    private static partial void LogNotMarkedStopped(ILogger logger, Exception exception);
}
