using System.Globalization;
using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Configuration;
using RolloutDashboard.Core.Rollbacks;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Recovery.Restores;

/// <summary>Switches JSON off in a restored database, whatever the backup says, as an emergency rollback that can be
/// verified.</summary>
internal static class RestoredRollout
{
    /// <param name="imported">Decisions taken after the backup; what they changed is not in it.</param>
    /// <returns>Number of the configuration that switches JSON off.</returns>
    public static async Task<int> SwitchOffAsync(
        RolloutDb db,
        Rollout rollout,
        RestoreIntent intent,
        IReadOnlyList<DecisionRecord> imported,
        LostIterations lost,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var versions = db.ConfigurationVersions.Where(row => row.RolloutId == rollout.Id);
        var current = await versions
            .SingleAsync(row => row.Number == rollout.ConfigurationNumber, cancellationToken)
            .ConfigureAwait(false);

        // Each lost decision may have made a version; none of their numbers is used for something else.
        var number =
            await versions.MaxAsync(row => row.Number, cancellationToken).ConfigureAwait(false) + imported.Count + 1;
        var reason = ReasonOf(intent);
        db.ConfigurationVersions.Add(SwitchedOff(current, rollout, number, intent, now));
        (rollout.ConfigurationNumber, rollout.Phase, rollout.PhaseReason) = (number, RolloutPhase.RolledBack, reason);
        rollout.StateVersion += imported.Count + 1;
        rollout.DesiredLoopState = LastWish(imported) ?? rollout.DesiredLoopState;
        await EndVisitsAsync(db, rollout, now, cancellationToken).ConfigureAwait(false);
        db.Rollbacks.Add(
            new Rollback
            {
                RolloutId = rollout.Id,
                Kind = "emergency",
                Actor = intent.Actor,
                Reason = reason,
                RequestedAt = intent.At,
                State = RollbackState.Stopped,
                StoppedAt = now,
                LastNumberBefore = lost.Highest,
                Steps = Steps(now, number),
            }
        );
        return number;
    }

    private static string ReasonOf(RestoreIntent intent) => $"The database was restored: {intent.Reason}";

    private static ConfigurationVersion SwitchedOff(
        ConfigurationVersion current,
        Rollout rollout,
        int number,
        RestoreIntent intent,
        DateTimeOffset now
    ) =>
        new()
        {
            RolloutId = rollout.Id,
            Environment = RolloutEnvironment.Production,
            Number = number,
            Stage = rollout.Stage,
            ValuesJson = (StageConfiguration.FromJson(current.ValuesJson) with { JsonModeEnabled = false }).ToJson(),
            Basis = current.Basis,
            CreatedAt = now,
            Actor = intent.Actor,
            Reason = ReasonOf(intent),
        };

    private static async Task EndVisitsAsync(
        RolloutDb db,
        Rollout rollout,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        foreach (
            var visit in await db
                .StageAttempts.AsTracking()
                .Where(row => row.RolloutId == rollout.Id && row.EndedAt == null)
                .ToListAsync(cancellationToken)
                .ConfigureAwait(false)
        )
        {
            (visit.EndedAt, visit.Outcome) = (now, "rolled back");
        }
    }

    private static List<RollbackStep> Steps(DateTimeOffset now, int configurationNumber)
    {
        var steps = RollbackSteps.AtStop(now, markerFault: null, configurationNumber, cancelled: []);
        var stopped = steps.Single(step => step.Order == RollbackSteps.Stopped);
        (stopped.State, stopped.At, stopped.Text) = ("done", now, "Nothing runs while the database is restored.");
        return steps;
    }

    // Someone who stopped the loop after the backup does not find it running after the restore.
    private static DesiredLoopState? LastWish(IReadOnlyList<DecisionRecord> imported) =>
        imported
            .Select(record =>
                record.Kind switch
                {
                    "loop-started" => DesiredLoopState.Running,
                    "loop-paused" => DesiredLoopState.Paused,
                    "loop-stopped" => DesiredLoopState.Stopped,
                    _ => (DesiredLoopState?)null,
                }
            )
            .LastOrDefault(wish => wish is not null);

    /// <summary>One sentence for pages and records.</summary>
    public static string Describe(
        RestoreIntent intent,
        DateTimeOffset? backupTo,
        LostIterations lost,
        IReadOnlyList<DecisionRecord> imported,
        string? journalFault
    )
    {
        var state = backupTo is { } time
            ? string.Create(CultureInfo.InvariantCulture, $", state of {time.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC")
            : "";
        var interrupted =
            lost.Interrupted.Count == 0
                ? ""
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $" {lost.Interrupted.Count} of them ran when the backup was made."
                );
        var decisions =
            imported.Count == 0
                ? ""
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $" Decisions {imported[0].Sequence} to {imported[^1].Sequence} were taken after it: they are kept from the journal, what they changed is not."
                );
        var fault = journalFault is null ? "" : $" The journal was set aside: {journalFault}.";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Database restored from {Path.GetFileName(intent.From)}{state}: {lost.Count} iterations are lost.{interrupted}{decisions}{fault} JSON mode is off and all sign-ins are ended."
        );
    }
}
