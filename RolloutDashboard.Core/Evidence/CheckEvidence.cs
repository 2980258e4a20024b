using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Evidence.Findings;
using RolloutDashboard.Core.Faults;
using RolloutDashboard.Core.Nodes;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Storage.Entities.Evidence;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Evidence;

/// <summary>Runs the evidence checks over the live rollout when there is something new to look at, and keeps what they
/// found.</summary>
public sealed class CheckEvidence(
    IDbContextFactory<RolloutDb> databases,
    FaultRegister faults,
    IRolloutChanges changes,
    TimeProvider clock
)
{
    /// <summary>How a run that fails as a whole is told.</summary>
    public static FaultSource Source { get; } =
        FaultSources.Duty("evidence-checks", "Running the evidence checks", AlertSeverity.Warning);

    /// <summary>The checks to run; all there are, unless a test says otherwise.</summary>
    public IReadOnlyList<IEvidenceCheck> Checks { get; init; } = EvidenceChecks.All;

    /// <returns>The run, or null when none was due.</returns>
    public async Task<EvidenceCheckRun?> ExecuteAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var rollout = await db.CurrentRolloutAsync(cancellationToken).ConfigureAwait(false);
        var last = await db
            .EvidenceCheckRuns.AsTracking()
            .SingleOrDefaultAsync(row => row.RolloutId == rollout.Id, cancellationToken)
            .ConfigureAwait(false);
        var begun = await ReadEvidenceSet.BegunAsync(db, rollout, cancellationToken).ConfigureAwait(false);
        if (!CheckSchedule.IsDue(last, rollout.Stage, rollout.Attempt, begun, clock.GetUtcNow()))
        {
            return null;
        }

        var run = last ?? db.EvidenceCheckRuns.Add(new EvidenceCheckRun { RolloutId = rollout.Id }).Entity;
        (run.Stage, run.Attempt, run.UpToNumber) = (rollout.Stage, rollout.Attempt, begun);
        var changed = await LookAsync(db, rollout, run, cancellationToken).ConfigureAwait(false);
        await db.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        if (changed)
        {
            changes.PublishProgress();
        }

        return run;
    }

    private async Task<bool> LookAsync(
        RolloutDb db,
        Rollout rollout,
        EvidenceCheckRun run,
        CancellationToken cancellationToken
    )
    {
        var started = clock.GetTimestamp();
        var before = run.Fault;
        var changed = false;
        try
        {
            var whole = await ReadEvidenceSet.OfRolloutAsync(db, rollout, cancellationToken).ConfigureAwait(false);
            var attempt = await ReadEvidenceSet.OfAttemptAsync(db, rollout, cancellationToken).ConfigureAwait(false);
            run.At = clock.GetUtcNow();
            run.Iterations = attempt.Iterations.Count;
            var outcomes = EvidenceChecks.RunEach(Checks, check =>
                check.Scope == EvidenceScope.Rollout ? whole : attempt
            );
            changed = await StoredFindings
                .StoreAsync(db, rollout.Id, outcomes, run.At, cancellationToken)
                .ConfigureAwait(false);
            Report(outcomes);
            var failed = outcomes.Select(outcome => outcome.Fault).OfType<string>().ToArray();
            run.Fault = failed.Length == 0 ? null : string.Join("; ", failed);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            faults.Failed(Source, $"{exception.GetType().Name}: {exception.Message}");
            run.At = clock.GetUtcNow();
            run.Fault = $"The iterations could not be read: {exception.Message}";
        }

        run.Milliseconds = clock.GetElapsedTime(started).TotalMilliseconds;
        return changed || before != run.Fault;
    }

    private void Report(IReadOnlyList<CheckOutcome> outcomes)
    {
        faults.Know(FaultKind.Check, outcomes.Select(outcome => FaultSources.Check(outcome.Code)));
        foreach (var outcome in outcomes)
        {
            if (outcome.Fault is { } fault)
            {
                faults.Failed(FaultSources.Check(outcome.Code), fault);
            }
            else
            {
                faults.Succeeded(FaultSources.Check(outcome.Code));
            }
        }
    }
}
