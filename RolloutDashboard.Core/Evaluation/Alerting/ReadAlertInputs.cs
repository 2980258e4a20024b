using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Alerts;
using RolloutDashboard.Core.Configuration;
using RolloutDashboard.Core.Decisions;
using RolloutDashboard.Core.Evaluation.Inputs;
using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Nodes;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Time;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Evaluation.Alerting;

/// <summary>Reads what the alert rules judge.</summary>
public sealed class ReadAlertInputs(ILoopStatus loopStatus, ReadLookbackWindow readRowsBefore, LifeSigns lifeSigns)
{
    public async Task<AlertInputs> ExecuteAsync(
        RolloutDb db,
        Rollout rollout,
        StageConfiguration configuration,
        GateInputs gate,
        AlertThresholds thresholds,
        CancellationToken cancellationToken
    )
    {
        var began = rollout.AttemptStartedAt;
        var before = await readRowsBefore
            .ExecuteAsync(db, rollout, gate.Rows, gate.Now, thresholds, cancellationToken)
            .ConfigureAwait(false);
        var crash = (
            await SessionFacts.ReadAsync(db, began, gate.Now, cancellationToken).ConfigureAwait(false)
        ).Crashes.LastOrDefault();
        var corrections = await ReadClockCorrections.OfAsync(db, rollout.Id, cancellationToken).ConfigureAwait(false);
        var damagedAt = await DamagedAtAsync(db, corrections, began, cancellationToken).ConfigureAwait(false);
        var status = loopStatus.Now;
        var dead = rollout.DesiredLoopState == DesiredLoopState.Running ? status.DeadSince : null;
        var loopStartedAt = await LoopStartedAtAsync(db, rollout, corrections, cancellationToken).ConfigureAwait(false);
        var overrideUntil = await OverrideUntilAsync(db, rollout, cancellationToken).ConfigureAwait(false);
        return FromStatus(rollout, configuration, gate, status) with
        {
            Before = before,
            LastIterationAt = LastIteration(rollout, before.Concat(gate.Rows), gate.Now),
            CrashAt = crash?.FoundAt ?? dead,
            CrashText = CrashText(crash, dead),
            OpenHalt = await Core
                .Evaluation.Inputs.Halt.ReadAsync(db, rollout, cancellationToken)
                .ConfigureAwait(false),
            OverrideExpiresAt = overrideUntil,
            LoopStartedAt = loopStartedAt,
            DatabaseDamagedAt = damagedAt,
        };
    }

    // What needs no look into the database any more.
    private static AlertInputs FromStatus(
        Rollout rollout,
        StageConfiguration configuration,
        GateInputs gate,
        LoopStatus status
    ) =>
        new()
        {
            Now = gate.Now,
            ResumedAt = rollout.ResumedAt ?? rollout.CreatedAt,
            Rows = gate.Rows,
            SinceNumber = 0,
            LoopShouldRun = rollout.DesiredLoopState == DesiredLoopState.Running,
            LoopWaitsFor = status.WaitsFor,
            AwaitedAnswerAt = status.AwaitedAnswerAt,
            AllProvidersFailedInARow = status.AllProvidersFailed,
            PreferredProviderFailedInARow = status.PreferredProviderFailed,
            ProviderFaults = status.ProviderFaults,
            BudgetUsedUp = status.BudgetUsedUp,
            OpenBlockingFindings = gate.Facts.OpenBlockingFindings,
            ConfiguredShare = configuration.JsonModeProbability,
        };

    private static async Task<DateTimeOffset?> DamagedAtAsync(
        RolloutDb db,
        IReadOnlyList<ClockCorrection> corrections,
        DateTimeOffset began,
        CancellationToken cancellationToken
    )
    {
        var damage = await db
            .Decisions.Where(decision => decision.Kind == DecisionKinds.Restored && decision.Actor == "system")
            .OrderByDescending(decision => decision.Sequence)
            .FirstOrDefaultAsync(cancellationToken)
            .ConfigureAwait(false);
        return damage is not null && corrections.InstantOf(damage) >= began ? corrections.InstantOf(damage) : null;
    }

    private async Task<DateTimeOffset?> LoopStartedAtAsync(
        RolloutDb db,
        Rollout rollout,
        IReadOnlyList<ClockCorrection> corrections,
        CancellationToken cancellationToken
    )
    {
        var started = await db
            .ProcessSessions.MaxAsync(session => (DateTimeOffset?)session.StartedAt, cancellationToken)
            .ConfigureAwait(false);
        var wish = await db
            .Decisions.Where(decision => decision.RolloutId == rollout.Id && decision.Kind == "loop-started")
            .OrderByDescending(decision => decision.Sequence)
            .FirstOrDefaultAsync(cancellationToken)
            .ConfigureAwait(false);
        var wished = lifeSigns.Read(
            "loop started",
            wish?.Sequence ?? 0,
            wish is null ? null : corrections.InstantOf(wish)
        );
        return started > wished || wished is null ? started : wished;
    }

    private static Task<DateTimeOffset?> OverrideUntilAsync(
        RolloutDb db,
        Rollout rollout,
        CancellationToken cancellationToken
    ) =>
        db
            .StageAttempts.Where(visit =>
                visit.RolloutId == rollout.Id && visit.Stage == rollout.Stage && visit.OverrideBy != null
            )
            .OrderByDescending(visit => visit.Id)
            .Select(visit => visit.OverrideExpiresAt)
            .FirstOrDefaultAsync(cancellationToken);

    private static string? CrashText(Crash? crash, DateTimeOffset? dead) =>
        crash is not null ? $"Process {crash.ProcessId} ended without a clean stop."
        : dead is { } since
            ? FormattableString.Invariant(
                $"The loop's job is dead: no worker has begun or ended an iteration since {since.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC."
            )
        : null;

    // By how many there are: after the clock was set back, older ones lie in the future for a while.
    private DateTimeOffset? LastIteration(Rollout rollout, IEnumerable<EvidenceRow> rows, DateTimeOffset now)
    {
        EvidenceRow[] ended = [.. rows.Where(row => row.Status is IterationStatus.Finished or IterationStatus.Lost)];
        return lifeSigns.Read(
            $"iteration of {rollout.Id}, {rollout.Stage}, {rollout.Attempt}",
            ended.Length,
            ended.Where(row => row.EndedAt <= now).Max(row => row.EndedAt) ?? ended.Max(row => row.EndedAt)
        );
    }
}
