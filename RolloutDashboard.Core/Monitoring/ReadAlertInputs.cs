using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Monitoring.AlertRules;
using RolloutDashboard.Core.Recovery;
using RolloutDashboard.Core.Rollouts;
using RolloutDashboard.Core.Rollouts.Gates;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Monitoring;

/// <summary>Reads what the alert rules judge.</summary>
public sealed class ReadAlertInputs(ILoopStatus loopStatus, ReadRowsBefore readRowsBefore)
{
    public async Task<AlertInputs> ExecuteAsync(RolloutDb db, Rollout rollout, StageConfiguration configuration, GateInputs gate, AlertThresholds thresholds, CancellationToken cancellationToken)
    {
        var began = rollout.AttemptStartedAt;
        var before = await readRowsBefore.ExecuteAsync(db, rollout, gate.Rows, gate.Now, thresholds, cancellationToken).ConfigureAwait(false);
        var crash = (await SessionFacts.ReadAsync(db, began, gate.Now, cancellationToken).ConfigureAwait(false)).Crashes.LastOrDefault();
        var damaged = await db.Decisions.Where(decision => decision.Kind == RestoreDatabase.DecisionKind && decision.Actor == "system" && decision.At >= began)
            .MaxAsync(decision => (DateTimeOffset?)decision.At, cancellationToken).ConfigureAwait(false);
        var status = loopStatus.Now;
        var dead = rollout.LoopWish == LoopWish.Running ? status.DeadSince : null;
        var started = await db.ProcessSessions.MaxAsync(session => (DateTimeOffset?)session.StartedAt, cancellationToken).ConfigureAwait(false);
        var wished = await db.Decisions.Where(decision => decision.RolloutId == rollout.Id && decision.Kind == "loop-started").MaxAsync(decision => (DateTimeOffset?)decision.At, cancellationToken).ConfigureAwait(false);
        var overrideUntil = await db.StageAttempts.Where(visit => visit.RolloutId == rollout.Id && visit.Stage == rollout.Stage && visit.OverrideBy != null)
            .OrderByDescending(visit => visit.Id).Select(visit => visit.OverrideExpiresAt).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        return new AlertInputs
        {
            Now = gate.Now,
            ResumedAt = rollout.ResumedAt ?? rollout.CreatedAt,
            Rows = gate.Rows,
            Before = before,
            LoopShouldRun = rollout.LoopWish == LoopWish.Running,
            LoopWaitsFor = status.WaitsFor,
            AwaitedAnswerAt = status.AwaitedAnswerAt,
            LastIterationAt = before.Concat(gate.Rows).Where(row => row.Status is IterationStatus.Finished or IterationStatus.Lost).Max(row => row.EndedAt),
            CrashAt = crash?.FoundAt ?? dead,
            CrashText = crash is not null ? $"Process {crash.ProcessId} ended without a clean stop."
                : dead is { } since ? FormattableString.Invariant($"The loop's job is dead: no worker has begun or ended an iteration since {since.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC.")
                : null,
            OpenHalt = await Rollouts.OpenHalt.ReadAsync(db, rollout, cancellationToken).ConfigureAwait(false),
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
}
