using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using RolloutDashboard.Core.Configuration;
using RolloutDashboard.Core.Decisions;
using RolloutDashboard.Core.Iterations;
using RolloutDashboard.Core.Nodes;
using RolloutDashboard.Core.Nodes.Coordination;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Rollbacks;

/// <summary>
/// The immediate rollback: latch, then marker file, then one write transaction. Never refused as stale, and needs no
/// model, market data or mail server. Whatever the database does, latch and marker hold, and <see cref="Uncommitted"/>
/// says that the transaction is still to be brought after. A drill takes the same steps in staging, with a switch of
/// its own.
/// </summary>
public sealed partial class StopJson(
    IDbContextFactory<RolloutDb> databases,
    Transitions transitions,
    JsonKillSwitch jsonSwitch,
    DrillSwitch drillSwitch,
    RunningIterations running,
    IStopSignal signal,
    TimeProvider clock,
    ILogger<StopJson> logger
)
{
    private static readonly TimeSpan UnwindLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan UnwindLook = TimeSpan.FromMilliseconds(10);

    /// <summary>How long a person waits for the database before being told that latch and file hold; the transaction
    /// goes on meanwhile.</summary>
    public static TimeSpan PatienceOfPeople { get; } = TimeSpan.FromSeconds(2);

    private int _executing;
    private volatile StopJsonRequest? _uncommitted;

    /// <summary>Whether a stop is on its way into the database now.</summary>
    public bool IsExecuting => Volatile.Read(ref _executing) > 0;

    /// <summary>The latest stop that the database has not taken, to be brought after as it was asked for; null without
    /// one.</summary>
    public StopJsonRequest? Uncommitted => _uncommitted;

    /// <summary>Never throws: once latch or marker file is set, JSON is off, and what else fails is told in the
    /// result.</summary>
    /// <param name="patience">How long to wait for the database; null until it has answered.</param>
    public async Task<StopJsonResult> ExecuteAsync(StopJsonRequest request, TimeSpan? patience = null)
    {
        ArgumentNullException.ThrowIfNull(request);
        var started = clock.GetTimestamp();
        var requestedAt = clock.GetUtcNow();
        var stopped = SwitchOf(request.Environment);
        Count(request, 1);
        var stop = stopped.Latch();
        var marker = Try(() => stopped.Mark(request.Actor, request.Reason));
        Try(() => running.CancelJson(ReasonOf(request), request.Environment));
        Try(signal.Changed);

        // On a thread of its own: SQLite waits for a lock without giving the thread back.
        var commit = Task.Run(() => CommitAndSettleAsync(request, requestedAt, marker, stop));
        var committed =
            patience is not { } limit
            || await Task.WhenAny(commit, Task.Delay(limit, clock)).ConfigureAwait(false) == commit
                ? await commit.ConfigureAwait(false)
                : new Commit(null, null, "it has not answered yet");
        if (committed.Fault is { } fault)
        {
            Try(() => signal.Ends(request.Environment));
            return new StopJsonResult(
                true,
                false,
                $"JSON is off in this process{(marker is null ? " and by the marker file" : "")}, but the database has not taken it yet: {fault.TrimEnd('.')}. It is tried again every few seconds.",
                null,
                clock.GetElapsedTime(started)
            );
        }

        await UnwindAsync(committed.RollbackId, request.Environment, requestedAt).ConfigureAwait(false);
        Try(() => signal.Ends(request.Environment));
        return new StopJsonResult(true, true, committed.Message!, committed.RollbackId, clock.GetElapsedTime(started));
    }

    // Whatever is thrown on the way, latch and marker file hold and the stop is brought after.
#pragma warning disable CA1031
    private async Task<Commit> CommitAndSettleAsync(
        StopJsonRequest request,
        DateTimeOffset requestedAt,
        string? marker,
        int stop
    )
    {
        try
        {
            var (rollbackId, message) = await CommitAsync(request, requestedAt, marker).ConfigureAwait(false);
            SwitchOf(request.Environment).Acknowledge(stop);
            _uncommitted = request.Environment == RolloutEnvironment.Production ? null : _uncommitted;
            return new Commit(rollbackId, message, null);
        }
        catch (Exception exception)
        {
            LogNotCommitted(logger, exception);
            _uncommitted = request.Environment == RolloutEnvironment.Production ? request : _uncommitted;
            return new Commit(null, null, exception.GetBaseException().Message);
        }
        finally
        {
            Count(request, -1);
        }
    }

    private string? Try(Action step)
    {
        try
        {
            step();
            return null;
        }
        catch (Exception exception)
        {
            LogStepFailed(logger, exception);
            return exception.GetBaseException().Message;
        }
    }
#pragma warning restore CA1031

    private JsonKillSwitch SwitchOf(RolloutEnvironment environment) =>
        environment == RolloutEnvironment.Production ? jsonSwitch : drillSwitch.Switch;

    private static CancellationReason ReasonOf(StopJsonRequest request) =>
        request.Environment == RolloutEnvironment.Production ? CancellationReason.Rollback : CancellationReason.Drill;

    private void Count(StopJsonRequest request, int by)
    {
        if (request.Environment == RolloutEnvironment.Production)
        {
            Interlocked.Add(ref _executing, by);
        }
    }

    /// <summary>Marks a committed stop as Stopped that could not be marked in its own time, because iterations were
    /// slow to let go or the process ended.</summary>
    public async Task CatchUpAsync(RolloutEnvironment environment, CancellationToken cancellationToken)
    {
        if (running.JsonCountOf(environment) > 0)
        {
            return;
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var unmarked = await db.RollbacksIn(environment)
            .Where(row => row.State == RollbackState.Stopped && row.StoppedAt == null)
            .Select(row => new { row.Id, row.RequestedAt })
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);
        foreach (var rollback in unmarked)
        {
            await MarkStoppedAsync(rollback.Id, rollback.RequestedAt).ConfigureAwait(false);
        }
    }

    private async Task<(long? RollbackId, string Message)> CommitAsync(
        StopJsonRequest request,
        DateTimeOffset requestedAt,
        string? markerFault
    )
    {
        Rollback? rollback = null;
        async Task<(DecisionDraft? Draft, string Message)> ChangeAsync(
            RolloutDb db,
            Rollout rollout,
            CancellationToken token
        )
        {
            var (made, draft, message) = await StopAsync(db, rollout, request, requestedAt, markerFault, token)
                .ConfigureAwait(false);
            rollback = made;
            return (draft, message);
        }

        // A drill takes no state version, so that it makes no open page stale.
        var result = await (
            request.Environment == RolloutEnvironment.Production
                ? transitions.ApplyAsync(seenVersion: null, ChangeAsync, CancellationToken.None)
                : transitions.RecordAsync(ChangeAsync, CancellationToken.None)
        ).ConfigureAwait(false);
        return (rollback?.Id, result.Message);
    }

    private async Task<(Rollback? Rollback, DecisionDraft Draft, string Message)> StopAsync(
        RolloutDb db,
        Rollout rollout,
        StopJsonRequest request,
        DateTimeOffset requestedAt,
        string? markerFault,
        CancellationToken token
    )
    {
        var drill =
            request.Environment == RolloutEnvironment.Staging
                ? await RunningDrillAsync(db, rollout, token).ConfigureAwait(false)
                : null;
        var current = await InForceAsync(db, rollout, drill, token).ConfigureAwait(false);
        var cancelled = await CancelJsonAsync(db, rollout, request, requestedAt, token).ConfigureAwait(false);
        if (drill is null)
        {
            await CancelStagingAsync(db, rollout, requestedAt, token).ConfigureAwait(false);
            await RollBackGradually.TakeOverAsync(db, rollout.Id, requestedAt, token).ConfigureAwait(false);
        }

        if (!StageConfiguration.FromJson(current.ValuesJson).JsonModeEnabled)
        {
            return await RepeatAsync(db, rollout, request, current, token).ConfigureAwait(false);
        }

        await CloseLineagesAsync(db, rollout, request.Environment, requestedAt, token).ConfigureAwait(false);
        var lastNumber = await LastNumberAsync(db, rollout, request.Environment, token).ConfigureAwait(false);
        var (number, now) = await SwitchOffAsync(db, rollout, drill, request, current, token).ConfigureAwait(false);
        var rollback = RollbackOf(rollout, request, requestedAt, lastNumber);
        rollback.Steps = RollbackSteps.AtStop(now, markerFault, number, cancelled);
        db.Rollbacks.Add(rollback);
        return (rollback, DecisionOf(rollout, request, number, cancelled.Count), "JSON mode is off.");
    }

    // Of both arms: what follows a stop is no longer what the lineages were begun for.
    private static Task CloseLineagesAsync(
        RolloutDb db,
        Rollout rollout,
        RolloutEnvironment stopped,
        DateTimeOffset now,
        CancellationToken token
    ) =>
        LineageClosing.CloseAsync(
            db.Lineages.Where(lineage =>
                lineage.RolloutId == rollout.Id
                && (stopped == RolloutEnvironment.Production || lineage.Environment == RolloutEnvironment.Staging)
            ),
            LineageEnd.Stop,
            now,
            token
        );

    private static Rollback RollbackOf(
        Rollout rollout,
        StopJsonRequest request,
        DateTimeOffset requestedAt,
        long lastNumber
    ) =>
        new()
        {
            RolloutId = rollout.Id,
            Kind = request.Kind,
            Actor = request.Actor,
            Reason = request.Reason,
            RequestedAt = requestedAt,
            State = RollbackState.Stopped,
            LastNumberBefore = lastNumber,
        };

    private static Task<ConfigurationVersion> InForceAsync(
        RolloutDb db,
        Rollout rollout,
        StagingRun? drill,
        CancellationToken token
    )
    {
        var inForce = drill?.ConfigurationNumber ?? rollout.ConfigurationNumber;
        return db.ConfigurationVersions.SingleAsync(row => row.RolloutId == rollout.Id && row.Number == inForce, token);
    }

    private static Task<StagingRun> RunningDrillAsync(RolloutDb db, Rollout rollout, CancellationToken token) =>
        db
            .StagingRuns.AsTracking()
            .SingleAsync(
                run =>
                    run.RolloutId == rollout.Id
                    && run.Purpose == StagingPurpose.Drill
                    && run.State == StagingState.Running,
                token
            );

    // JSON was off already: the request is recorded, and nothing else changes.
    private static async Task<(Rollback? Rollback, DecisionDraft Draft, string Message)> RepeatAsync(
        RolloutDb db,
        Rollout rollout,
        StopJsonRequest request,
        ConfigurationVersion current,
        CancellationToken token
    )
    {
        var earlier = await db.RollbacksIn(request.Environment)
            .Where(row => row.RolloutId == rollout.Id)
            .OrderByDescending(row => row.Id)
            .FirstOrDefaultAsync(token)
            .ConfigureAwait(false);
        var since = current.CreatedAt.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
        return (
            earlier,
            new DecisionDraft(
                "rollback-repeated",
                request.Actor,
                $"Stop of JSON mode{(request.Environment == RolloutEnvironment.Production ? "" : " in staging")} asked for; it was already off since {since}.",
                request.Reason,
                request.Inputs
            ),
            $"JSON was already off since {since}; this request is recorded too."
        );
    }

    private static async Task<long> LastNumberAsync(
        RolloutDb db,
        Rollout rollout,
        RolloutEnvironment environment,
        CancellationToken token
    ) =>
        await db
            .Iterations.Where(row => row.RolloutId == rollout.Id && row.Environment == environment)
            .MaxAsync(row => (long?)row.Number, token)
            .ConfigureAwait(false)
        ?? 0;

    private async Task<(int Number, DateTimeOffset At)> SwitchOffAsync(
        RolloutDb db,
        Rollout rollout,
        StagingRun? drill,
        StopJsonRequest request,
        ConfigurationVersion current,
        CancellationToken token
    )
    {
        var number = await ConfigurationNumbers.NextAsync(db, rollout.Id, token).ConfigureAwait(false);
        var now = clock.GetUtcNow();
        db.ConfigurationVersions.Add(WithoutJson(current, request, number, now));
        if (drill is null)
        {
            rollout.ConfigurationNumber = number;
            (rollout.Phase, rollout.PhaseReason) = (RolloutPhase.RolledBack, request.Reason);
            await EndAttemptAsync(db, rollout, now, token).ConfigureAwait(false);
        }
        else
        {
            drill.ConfigurationNumber = number;
        }

        return (number, now);
    }

    private static ConfigurationVersion WithoutJson(
        ConfigurationVersion current,
        StopJsonRequest request,
        int number,
        DateTimeOffset now
    ) =>
        new()
        {
            RolloutId = current.RolloutId,
            Environment = request.Environment,
            Number = number,
            Stage = current.Stage,
            ValuesJson = (StageConfiguration.FromJson(current.ValuesJson) with { JsonModeEnabled = false }).ToJson(),
            Basis = current.Basis,
            CreatedAt = now,
            Actor = request.Actor,
            Reason = request.Reason,
        };

    private static Task EndAttemptAsync(RolloutDb db, Rollout rollout, DateTimeOffset now, CancellationToken token) =>
        db
            .StageAttempts.Where(visit =>
                visit.RolloutId == rollout.Id && visit.Stage == rollout.Stage && visit.Attempt == rollout.Attempt
            )
            .ExecuteUpdateAsync(
                update =>
                    update.SetProperty(visit => visit.EndedAt, now).SetProperty(visit => visit.Outcome, "rolled back"),
                token
            );

    private static DecisionDraft DecisionOf(Rollout rollout, StopJsonRequest request, int number, int cancelled)
    {
        var what = request.Kind switch
        {
            "emergency" => "Emergency rollback of",
            Rollback.Drill => "Drill of the immediate rollback in staging, in",
            _ => "Immediate rollback of",
        };
        return new DecisionDraft(
            request.Environment == RolloutEnvironment.Production ? "rollback" : "drill-stopped",
            request.Actor,
            $"{what} stage {rollout.Stage.Number()}: json_mode_enabled = false (configuration {number}), {cancelled} JSON iterations cancelled.",
            request.Reason,
            request.Inputs
        );
    }

    // One whose JSON has failed runs in full code by now, and counts as that failure.
    private async Task<IReadOnlyList<long>> CancelJsonAsync(
        RolloutDb db,
        Rollout rollout,
        StopJsonRequest request,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var decided = running.DecidedIds;

        // A real stop ends JSON wherever it runs; that of a drill in staging alone.
        var everywhere = request.Environment == RolloutEnvironment.Production;
        var rows = await db
            .Iterations.AsTracking()
            .Where(row =>
                row.RolloutId == rollout.Id
                && (everywhere || row.Environment == RolloutEnvironment.Staging)
                && row.Status == IterationStatus.Running
                && row.AssignedMode == GenerationMode.Json
                && !decided.Contains(row.Id)
            )
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);
        foreach (var row in rows)
        {
            row.EndedAt = now;
            RecordIteration.Cancel(row, ReasonOf(request));
            await Rollups.AddAsync(db, row, cancellationToken).ConfigureAwait(false);
            await LineageClosing.AfterAsync(db, row, cancellationToken).ConfigureAwait(false);
        }

        return [.. rows.Select(row => row.Number)];
    }

    // A stop ends JSON wherever it runs; a validation run begins anew when a person wants one.
    private static Task CancelStagingAsync(
        RolloutDb db,
        Rollout rollout,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        db
            .StagingRuns.Where(run => run.RolloutId == rollout.Id && run.State == StagingState.Running)
            .ExecuteUpdateAsync(
                update =>
                    update
                        .SetProperty(run => run.State, StagingState.Cancelled)
                        .SetProperty(run => run.EndedAt, now)
                        .SetProperty(run => run.Outcome, "Cancelled: JSON mode was stopped meanwhile."),
                cancellationToken
            );

    // Stopped means: committed, and no JSON iteration running in this process either.
    private async Task UnwindAsync(long? rollbackId, RolloutEnvironment environment, DateTimeOffset requestedAt)
    {
        var began = clock.GetTimestamp();
        while (running.JsonCountOf(environment) > 0 && clock.GetElapsedTime(began) < UnwindLimit)
        {
            await Task.Delay(UnwindLook, clock).ConfigureAwait(false);
        }

        if (rollbackId is null || running.JsonCountOf(environment) > 0)
        {
            return;
        }

#pragma warning disable CA1031 // Committed already; the mark is caught up with, see CatchUpAsync.
        try
        {
            await MarkStoppedAsync(rollbackId.Value, requestedAt).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            LogNotMarkedStopped(logger, exception);
        }
#pragma warning restore CA1031
    }

    private async Task MarkStoppedAsync(long rollbackId, DateTimeOffset requestedAt)
    {
        await using var db = await databases.CreateDbContextAsync().ConfigureAwait(false);
        var now = clock.GetUtcNow();
        var set = await db
            .Rollbacks.IgnoreQueryFilters()
            .Where(row => row.Id == rollbackId && row.StoppedAt == null)
            .ExecuteUpdateAsync(update => update.SetProperty(row => row.StoppedAt, now))
            .ConfigureAwait(false);
        if (set > 0)
        {
            var text = string.Create(
                CultureInfo.InvariantCulture,
                $"No JSON iteration is running; {(now - requestedAt).TotalSeconds:0.000} s after the request."
            );
            await db
                .RollbackSteps.Where(step => step.RollbackId == rollbackId && step.Order == RollbackSteps.Stopped)
                .ExecuteUpdateAsync(update =>
                    update
                        .SetProperty(step => step.State, "done")
                        .SetProperty(step => step.At, now)
                        .SetProperty(step => step.Text, text)
                )
                .ConfigureAwait(false);
        }

        signal.Changed();
    }

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "JSON is off by latch and marker file, but the database has not taken the rollback yet."
    )]
    private static partial void LogNotCommitted(ILogger logger, Exception exception);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "A step of the stop failed; the latch holds in this process and the others are taken all the same."
    )]
    private static partial void LogStepFailed(ILogger logger, Exception exception);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The rollback is committed, but could not be marked as Stopped yet; it is caught up with."
    )]
    private static partial void LogNotMarkedStopped(ILogger logger, Exception exception);

    /// <param name="Fault">Why the database has not taken it; null when it has.</param>
    private sealed record Commit(long? RollbackId, string? Message, string? Fault);
}
