using System.Globalization;
using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Nodes;
using RolloutDashboard.Core.Notifications;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Rollbacks;

/// <summary>Follows a committed stop until it is verified: a full-code probe completed and the next five assignments
/// full code. In staging it is a drill's that is followed.</summary>
public sealed class VerifyRollback(
    IDbContextFactory<RolloutDb> databases,
    INotificationStatus teamNotice,
    IRolloutChanges changes,
    TimeProvider clock
)
{
    /// <summary>A channel that fails may take the alert long after the rollback is verified.</summary>
    private static readonly TimeSpan TeamIsFollowed = TimeSpan.FromHours(24);

    /// <summary>Brings the latest unverified rollback of an environment forward; does nothing when there is
    /// none.</summary>
    /// <param name="workers">Number of loop workers.</param>
    /// <param name="restartedAt">When they last began anew; null if never.</param>
    /// <param name="waitsFor">Why the loop does not produce iterations now; null when it does.</param>
    public async Task ExecuteAsync(
        int workers,
        DateTimeOffset? restartedAt,
        string? waitsFor,
        CancellationToken cancellationToken,
        RolloutEnvironment environment = RolloutEnvironment.Production
    )
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        if (await UnfinishedAsync(db, environment, cancellationToken).ConfigureAwait(false) is not { } rollback)
        {
            return;
        }

        var now = clock.GetUtcNow();
        Tell(rollback, await teamNotice.ReadAsync(db, rollback, cancellationToken).ConfigureAwait(false), now);
        ApplyWorkers(rollback, workers, restartedAt, now);
        if (rollback.State == RollbackState.Stopped)
        {
            Apply(
                rollback,
                await LookAsync(db, rollback, environment, waitsFor, cancellationToken).ConfigureAwait(false),
                now
            );
        }

        if (db.ChangeTracker.HasChanges())
        {
            await db.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
            changes.Publish();
        }
    }

    // A request from the future is older than the clock's correction: workers that began anew since the process
    // started will do.
    private static void ApplyWorkers(Rollback rollback, int workers, DateTimeOffset? restartedAt, DateTimeOffset now)
    {
        if (restartedAt >= rollback.RequestedAt || (restartedAt is not null && rollback.RequestedAt > now))
        {
            Done(
                rollback,
                RollbackSteps.Workers,
                now,
                string.Create(CultureInfo.InvariantCulture, $"{workers} workers began anew.")
            );
        }
    }

    private Task<Rollback?> UnfinishedAsync(
        RolloutDb db,
        RolloutEnvironment environment,
        CancellationToken cancellationToken
    )
    {
        var lately = clock.GetUtcNow() - TeamIsFollowed;
        return db.RollbacksIn(environment)
            .AsTracking()
            .Include(row => row.Steps)
            .Where(row =>
                row.State == RollbackState.Stopped
                || (
                    row.RequestedAt > lately
                    && row.Steps.Any(step => step.Order == RollbackSteps.Team && step.State != "done")
                )
            )
            .OrderByDescending(row => row.Id)
            .FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>Fills the verification steps in; pure but for the rows it is given.</summary>
    internal static void Apply(Rollback rollback, AfterStop after, DateTimeOffset now)
    {
        var wrong = after.Assigned.Count(mode => mode != GenerationMode.FullCode);
        ApplyProbe(rollback, after, now);
        ApplyAssignments(rollback, after.Assigned.Count, wrong, now);
        if (
            rollback.StoppedAt is not null
            && wrong == 0
            && after.ProbeNumber is not null
            && after.Assigned.Count >= RollbackSteps.RequiredAssignments
        )
        {
            rollback.State = RollbackState.Verified;
            rollback.VerifiedAt = now;
        }
    }

    private static void ApplyProbe(Rollback rollback, AfterStop after, DateTimeOffset now)
    {
        if (after.ProbeNumber is { } probe)
        {
            Done(
                rollback,
                RollbackSteps.Probe,
                now,
                string.Create(CultureInfo.InvariantCulture, $"Iteration {probe} completed in full code.")
            );
        }
        else
        {
            Wait(
                rollback,
                RollbackSteps.Probe,
                after.WaitsFor is null
                    ? "Waiting for a full-code iteration that began after the stop."
                    : $"Stopped; verification waits: {after.WaitsFor}"
            );
        }
    }

    private static void ApplyAssignments(Rollback rollback, int assigned, int wrong, DateTimeOffset now)
    {
        if (wrong > 0)
        {
            Set(
                rollback,
                RollbackSteps.Assignments,
                "failed",
                now,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{wrong} of the first {assigned} assignments after the stop were JSON."
                )
            );
        }
        else if (assigned >= RollbackSteps.RequiredAssignments)
        {
            Done(
                rollback,
                RollbackSteps.Assignments,
                now,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The first {RollbackSteps.RequiredAssignments} assignments after the stop were full code."
                )
            );
        }
        else
        {
            Wait(
                rollback,
                RollbackSteps.Assignments,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{assigned} of {RollbackSteps.RequiredAssignments} so far."
                )
            );
        }
    }

    private static async Task<AfterStop> LookAsync(
        RolloutDb db,
        Rollback rollback,
        RolloutEnvironment environment,
        string? waitsFor,
        CancellationToken cancellationToken
    )
    {
        var after = db.Iterations.Where(row =>
            row.RolloutId == rollback.RolloutId
            && row.Environment == environment
            && row.Number > rollback.LastNumberBefore
            && row.Kind == IterationKind.Generated
        );
        var assigned = await after
            .OrderBy(row => row.Number)
            .Take(RollbackSteps.RequiredAssignments)
            .Select(row => row.AssignedMode)
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);
        var probe = await after
            .Where(row => row.AssignedMode == GenerationMode.FullCode && row.Status == IterationStatus.Finished)
            .OrderBy(row => row.Number)
            .Select(row => (long?)row.Number)
            .FirstOrDefaultAsync(cancellationToken)
            .ConfigureAwait(false);
        return new AfterStop(assigned, probe, waitsFor);
    }

    // The time stays that of the last change, not of the last look.
    private static void Tell(Rollback rollback, NotificationStatus told, DateTimeOffset now)
    {
        if (
            rollback.Steps.Find(step => step.Order == RollbackSteps.Team) is { State: not "done" } step
            && (step.State, step.Text) != (told.State, told.Text)
        )
        {
            Set(rollback, RollbackSteps.Team, told.State, told.State == "waiting" ? null : now, told.Text);
        }
    }

    private static void Done(Rollback rollback, int order, DateTimeOffset now, string text)
    {
        if (rollback.Steps.Find(step => step.Order == order) is { State: not "done" })
        {
            Set(rollback, order, "done", now, text);
        }
    }

    private static void Wait(Rollback rollback, int order, string text)
    {
        if (rollback.Steps.Find(step => step.Order == order) is { State: not "done" })
        {
            Set(rollback, order, "waiting", null, text);
        }
    }

    private static void Set(Rollback rollback, int order, string state, DateTimeOffset? at, string text)
    {
        var step = rollback.Steps.Single(row => row.Order == order);
        (step.State, step.At, step.Text) = (state, at, text);
    }
}
