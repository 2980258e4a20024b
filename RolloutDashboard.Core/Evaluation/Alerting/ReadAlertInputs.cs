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
        var damage = await db
            .Decisions.Where(decision => decision.Kind == DecisionKinds.Restored && decision.Actor == "system")
            .OrderByDescending(decision => decision.Sequence)
            .FirstOrDefaultAsync(cancellationToken)
            .ConfigureAwait(false);
        DateTimeOffset? damaged =
            damage is not null && corrections.InstantOf(damage) >= began ? corrections.InstantOf(damage) : null;
        var status = loopStatus.Now;
        var dead = rollout.DesiredLoopState == DesiredLoopState.Running ? status.DeadSince : null;
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
        var overrideUntil = await db
            .StageAttempts.Where(visit =>
                visit.RolloutId == rollout.Id && visit.Stage == rollout.Stage && visit.OverrideBy != null
            )
            .OrderByDescending(visit => visit.Id)
            .Select(visit => visit.OverrideExpiresAt)
            .FirstOrDefaultAsync(cancellationToken)
            .ConfigureAwait(false);
        return new AlertInputs
        {
            Now = gate.Now,
            ResumedAt = rollout.ResumedAt ?? rollout.CreatedAt,
            Rows = gate.Rows,
            Before = before,
            SinceNumber = 0,
            LoopShouldRun = rollout.DesiredLoopState == DesiredLoopState.Running,
            LoopWaitsFor = status.WaitsFor,
            AwaitedAnswerAt = status.AwaitedAnswerAt,
            LastIterationAt = LastIteration(
                rollout,
                [
                    .. before
                        .Concat(gate.Rows)
                        .Where(row => row.Status is IterationStatus.Finished or IterationStatus.Lost),
                ],
                gate.Now
            ),
            CrashAt = crash?.FoundAt ?? dead,
            CrashText =
                crash is not null ? $"Process {crash.ProcessId} ended without a clean stop."
                : dead is { } since
                    ? FormattableString.Invariant(
                        $"The loop's job is dead: no worker has begun or ended an iteration since {since.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC."
                    )
                : null,
            OpenHalt = await Core
                .Evaluation.Inputs.Halt.ReadAsync(db, rollout, cancellationToken)
                .ConfigureAwait(false),
            OverrideExpiresAt = overrideUntil,
            LoopStartedAt = started > wished || wished is null ? started : wished,
            DatabaseDamagedAt = damaged,
            AllProvidersFailedInARow = status.AllProvidersFailed,
            PreferredProviderFailedInARow = status.PreferredProviderFailed,
            ProviderFaults = status.ProviderFaults,
            BudgetUsedUp = status.BudgetUsedUp,
            OpenBlockingFindings = gate.Facts.OpenBlockingFindings,
            ConfiguredShare = configuration.JsonModeProbability,
        };
    }

    // By how many there are: after the clock was set back, older ones lie in the future for a while.
    private DateTimeOffset? LastIteration(Rollout rollout, IReadOnlyList<EvidenceRow> ended, DateTimeOffset now) =>
        lifeSigns.Read(
            $"iteration of {rollout.Id}, {rollout.Stage}, {rollout.Attempt}",
            ended.Count,
            ended.Where(row => row.EndedAt <= now).Max(row => row.EndedAt) ?? ended.Max(row => row.EndedAt)
        );
}
