using System.Globalization;
using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Nodes;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Storage.Entities.Evidence;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Recovery.Restores;

/// <summary>Makes the iterations of a restored database whole again: no number is missing, and none is given out
/// twice.</summary>
internal static class RestoredIterations
{
    // Beyond it the rows would cost more than they tell; the numbering goes on behind the gap all the same.
    private const long MostRows = 200_000;

    public static async Task<LostIterations> CompleteAsync(
        RolloutDb db,
        Rollout rollout,
        ClaimedNumbers claimed,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var interrupted = await db
            .Iterations.AsTracking()
            .Where(row => row.Status == IterationStatus.Running)
            .OrderBy(row => row.Number)
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);
        foreach (var record in interrupted)
        {
            Lose(record, now, "It ran when the backup was made; what became of it was lost in the restore.");
            await Rollups.AddAsync(db, record, cancellationToken).ConfigureAwait(false);
            await LineageClosing.AfterAsync(db, record, cancellationToken).ConfigureAwait(false);
        }

        await LineageClosing
            .CloseAsync(
                db.Lineages.Where(lineage => lineage.RolloutId == rollout.Id),
                LineageEnd.Restore,
                now,
                cancellationToken
            )
            .ConfigureAwait(false);
        var repair = new NumberRepair(db, rollout, claimed, now);
        var (later, highest) = (0L, 0L);
        foreach (var environment in Enum.GetValues<RolloutEnvironment>())
        {
            var (count, last) = await FillGapAsync(repair, environment, cancellationToken).ConfigureAwait(false);
            later += count;
            highest = environment == RolloutEnvironment.Production ? last : highest;
        }

        return new LostIterations([.. interrupted.Select(row => row.Number)], later, highest);
    }

    private static async Task<(long Count, long Highest)> FillGapAsync(
        NumberRepair repair,
        RolloutEnvironment environment,
        CancellationToken cancellationToken
    )
    {
        var (db, rollout, _, now) = repair;
        var name = environment.ToString();
        var counter = await db
            .IterationCounters.AsTracking()
            .SingleOrDefaultAsync(row => row.RolloutId == rollout.Id && row.Name == name, cancellationToken)
            .ConfigureAwait(false);
        var restored = (counter?.Next ?? 1) - 1;
        var noted = await PlausiblyNotedAsync(repair, environment, restored, cancellationToken).ConfigureAwait(false);
        var highest = Math.Max(restored, noted);
        if (highest == restored)
        {
            return (0, restored);
        }

        if (counter is null)
        {
            counter = new IterationCounter { RolloutId = rollout.Id, Name = name };
            db.IterationCounters.Add(counter);
        }

        counter.Next = highest + 1;
        for (var number = restored + 1; number <= highest && highest - restored <= MostRows; number++)
        {
            db.Iterations.Add(Missing(rollout, environment, number, now));
        }

        return (highest - restored, highest);
    }

    /// <returns>The highest number that was noted as claimed; 0 if none was, or one that can't be right.</returns>
    private static async Task<long> PlausiblyNotedAsync(
        NumberRepair repair,
        RolloutEnvironment environment,
        long restored,
        CancellationToken cancellationToken
    )
    {
        var (db, rollout, claimed, now) = repair;
        var noted = claimed.Highest(rollout.Id, environment) ?? 0;
        if (
            ClaimedNumberCheck.IsPlausible(
                noted,
                restored,
                await LastClaimAsync(db, cancellationToken).ConfigureAwait(false),
                claimed.NotedAt
            )
        )
        {
            return noted;
        }

        db.Events.Add(
            new EventRecord
            {
                RolloutId = rollout.Id,
                At = now,
                Severity = AlertSeverity.Critical,
                Source = "recovery",
                Text = ClaimedNumberCheck.Told(noted, restored),
            }
        );
        claimed.SetAside(now);
        return 0;
    }

    private static async Task<DateTimeOffset?> LastClaimAsync(RolloutDb db, CancellationToken cancellationToken)
    {
        var claim = await db
            .Iterations.MaxAsync(row => (DateTimeOffset?)row.ClaimedAt, cancellationToken)
            .ConfigureAwait(false);
        var start = await db
            .ProcessSessions.MaxAsync(row => (DateTimeOffset?)row.StartedAt, cancellationToken)
            .ConfigureAwait(false);
        return claim is null || start > claim ? start : claim;
    }

    private static IterationRecord Missing(
        Rollout rollout,
        RolloutEnvironment environment,
        long number,
        DateTimeOffset now
    )
    {
        var record = new IterationRecord
        {
            RolloutId = rollout.Id,
            Environment = environment,
            Number = number,
            Stage = rollout.Stage,
            Attempt = rollout.Attempt,
            ConfigurationNumber = rollout.ConfigurationNumber,
            Kind = IterationKind.Unknown,
            AssignmentReason = "unknown: lost in a restore",
            ClaimedAt = now,
        };
        Lose(
            record,
            now,
            string.Create(
                CultureInfo.InvariantCulture,
                $"Claimed after the backup was made; its record was lost in the restore of {now.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC."
            )
        );
        return record;
    }

    private static void Lose(IterationRecord record, DateTimeOffset now, string message)
    {
        record.Status = IterationStatus.Lost;
        record.Level = SuccessLevel.Failed;
        record.EndedAt = now;
        record.FailureKind = "lost";
        record.FailureSignature = "lost";
        record.FailureMessage = message;
    }

    private sealed record NumberRepair(RolloutDb Db, Rollout Rollout, ClaimedNumbers Claimed, DateTimeOffset Now);
}
