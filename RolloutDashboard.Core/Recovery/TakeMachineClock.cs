using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using RolloutDashboard.Core.Llm.Budget;
using RolloutDashboard.Core.Nodes;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Time;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.Figures;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Recovery;

/// <summary>
/// Takes a correction of the machine's clock over: one exclusive write moves every stored instant that something still
/// waits for or is measured from, keeps the correction and tells it; then the process's clock follows. Until that has
/// succeeded, the process goes on by its own clock, and everything in it agrees.
/// </summary>
public sealed partial class TakeMachineClock(
    IDbContextFactory<RolloutDb> databases,
    SteadyClock clock,
    CurrentSession session,
    BudgetGuard budget,
    IRolloutChanges changes,
    ILogger<TakeMachineClock> logger
)
{
    /// <summary>Source of the events that tell it.</summary>
    public const string Source = "clock";

    /// <returns>The correction that was taken over; null when there was none.</returns>
    public async Task<ClockCorrection?> ExecuteAsync(CancellationToken cancellationToken)
    {
        var by = clock.Look();
        if (by == TimeSpan.Zero)
        {
            return null;
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var transaction = await db.BeginWriteAsync(cancellationToken).ConfigureAwait(false);
        var taken = await MoveAsync(db, clock.GetUtcNow(), by, isAtStart: false, cancellationToken)
            .ConfigureAwait(false);
        if (taken is null)
        {
            return null;
        }

        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        clock.Take(by);
        session.Move(by);
        MoveSpending(by);
        LogTaken(logger, Text(taken));
        changes.Publish();
        return taken;
    }

    /// <summary>
    /// Before the process says that it is alive: an earlier process that was alive in the future says that the clock
    /// was set back while none ran. Its session moves too, so that no later start finds the same correction again.
    /// </summary>
    public async Task<ClockCorrection?> AtStartAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var transaction = await db.BeginWriteAsync(cancellationToken).ConfigureAwait(false);
        var alive = await db
            .ProcessSessions.MaxAsync(row => (DateTimeOffset?)row.LastHeartbeatAt, cancellationToken)
            .ConfigureAwait(false);
        var by = clock.GetUtcNow() - alive;
        if (
            !(by < -SteadyClock.Tolerance)
            || await MoveAsync(db, alive!.Value, by.Value, isAtStart: true, cancellationToken).ConfigureAwait(false)
                is not { } taken
        )
        {
            return null;
        }

        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        LogTaken(logger, Text(taken));
        return taken;
    }

    private static async Task<ClockCorrection?> MoveAsync(
        RolloutDb db,
        DateTimeOffset at,
        TimeSpan by,
        bool isAtStart,
        CancellationToken cancellationToken
    )
    {
        if (await db.FindCurrentRolloutAsync(cancellationToken).ConfigureAwait(false) is not { } rollout)
        {
            return null;
        }

        var (first, last, decision) = await PlaceAsync(db, rollout, cancellationToken).ConfigureAwait(false);
        var correction = new ClockCorrection
        {
            RolloutId = rollout.Id,
            At = at,
            By = by,
            IsAtStart = isAtStart,
            FirstNumber = first,
            LastNumber = last,
            LastDecision = decision,
        };
        db.ClockCorrections.Add(correction);
        db.Events.Add(Told(correction));
        await MoveInstantsAsync(db, rollout, by, cancellationToken).ConfigureAwait(false);
        await db.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        return correction;
    }

    /// <returns>Where in the records the correction stands: the first iteration that runs or comes after it, the last
    /// one claimed before it, and the last decision.</returns>
    private static async Task<(long First, long Last, long Decision)> PlaceAsync(
        RolloutDb db,
        Rollout rollout,
        CancellationToken cancellationToken
    )
    {
        var production = db.Iterations.Where(row =>
            row.RolloutId == rollout.Id && row.Environment == RolloutEnvironment.Production
        );
        var last = await production.MaxAsync(row => (long?)row.Number, cancellationToken).ConfigureAwait(false) ?? 0;
        var running = await production
            .Where(row => row.Status == IterationStatus.Running)
            .MinAsync(row => (long?)row.Number, cancellationToken)
            .ConfigureAwait(false);
        var lastDecision = await db
            .Decisions.MaxAsync(decision => (long?)decision.Sequence, cancellationToken)
            .ConfigureAwait(false)
            ?? 0;
        return (running ?? last + 1, last, lastDecision);
    }

    private static async Task MoveInstantsAsync(
        RolloutDb db,
        Rollout rollout,
        TimeSpan by,
        CancellationToken cancellationToken
    )
    {
        foreach (var moved in MovedInstants.All)
        {
            await db
                .Database.ExecuteSqlRawAsync(moved.Sql(db), Parameters(rollout, by), cancellationToken)
                .ConfigureAwait(false);
        }
    }

    // Rows that were before the windows' beginning must not get into them: set back, what lies just before it moves
    // too.
    private static object[] Parameters(Rollout rollout, TimeSpan by)
    {
        var reach = rollout.ResumedAt ?? rollout.CreatedAt;
        var since =
            (reach < rollout.AttemptStartedAt ? reach : rollout.AttemptStartedAt)
            - (by < TimeSpan.Zero ? -by : TimeSpan.Zero);
        return
        [
            new SqliteParameter("@rollout", rollout.Id),
            new SqliteParameter("@since", since.UtcTicks),
            new SqliteParameter("@by", by.Ticks),
            new SqliteParameter("@never", DateTimeOffset.MaxValue.AddYears(-1).UtcTicks),
        ];
    }

    private void MoveSpending(TimeSpan by)
    {
        try
        {
            budget.MoveWritten(by);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            LogSpending(logger, exception.Message);
        }
    }

    private static EventRecord Told(ClockCorrection taken) =>
        new()
        {
            RolloutId = taken.RolloutId,
            At = taken.At + taken.By,
            Severity = AlertSeverity.Warning,
            Source = Source,
            Text = Text(taken),
        };

    private static string Text(ClockCorrection taken)
    {
        var size = FigureFormatter.Duration(taken.By.Duration());
        var back = taken.By < TimeSpan.Zero;
        return taken.IsAtStart
            ? $"The machine's clock was set back by at least {size} while no process ran. Waits, silences and times still being measured were moved with it; what was recorded keeps its time."
            : $"The machine's clock was set {(back ? "back" : "forward")} by {size}. Waits, silences, budgets and times still being measured were moved with it; what was recorded keeps its time.";
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Text}")]
    private static partial void LogTaken(ILogger logger, string text);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "What generation spent could not be moved with the clock; a restart within a day may count it wrongly: {Message}"
    )]
    private static partial void LogSpending(ILogger logger, string message);
}
