using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Monitoring.AlertRules;
using RolloutDashboard.Core.Recovery;
using RolloutDashboard.Core.Rollouts;
using RolloutDashboard.Core.Rollouts.Gates;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;

namespace RolloutDashboard.Core.Monitoring;

/// <summary>Reads what the alert rules judge.</summary>
public sealed class ReadAlertInputs(ILoopStatus loopStatus)
{
    public async Task<AlertInputs> ExecuteAsync(RolloutDb db, Rollout rollout, StageConfiguration configuration, GateInputs gate, CancellationToken cancellationToken)
    {
        var resumed = rollout.ResumedAt ?? rollout.AttemptStartedAt;
        var crash = (await SessionFacts.ReadAsync(db, resumed, gate.Now, cancellationToken).ConfigureAwait(false)).Crashes.LastOrDefault();
        var damaged = await db.Decisions.Where(decision => decision.Kind == RestoreDatabase.DecisionKind && decision.Actor == "system" && decision.At >= resumed)
            .MaxAsync(decision => (DateTimeOffset?)decision.At, cancellationToken).ConfigureAwait(false);
        var status = loopStatus.Now;
        return new AlertInputs
        {
            Now = gate.Now,
            ResumedAt = resumed,
            Rows = gate.Rows,
            LoopShouldRun = rollout.LoopWish == LoopWish.Running,
            LastIterationAt = gate.Rows.Where(row => row.Counts).Max(row => row.EndedAt),
            CrashAt = crash?.FoundAt,
            CrashText = crash is null ? null : $"Process {crash.ProcessId} ended without a clean stop.",
            DatabaseDamagedAt = damaged,
            AllProvidersFailedInARow = status.AllProvidersFailed,
            PreferredProviderFailedInARow = status.PreferredProviderFailed,
            BudgetUsedUp = status.BudgetUsedUp,
            OpenBlockingFindings = gate.Facts.OpenBlockingFindings,
            ConfiguredShare = configuration.JsonModeProbability,
        };
    }
}
