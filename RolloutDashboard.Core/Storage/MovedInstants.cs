using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Storage.Entities.Evidence;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Storage;

/// <summary>
/// Stored instants that something is still measured from or waited for, all in one list. When the machine's clock is
/// corrected, they move with it, so that what is left of every wait stays what it was; every other instant is history
/// and stays.
/// </summary>
/// <param name="Entity">Whose table it is.</param>
/// <param name="Properties">The instants, which move together; what is null stays null.</param>
/// <param name="Where">Which rows: @rollout is the latest rollout, @since the oldest instant that its windows can
/// reach.</param>
public sealed record MovedInstants(Type Entity, IReadOnlyList<string> Properties, string Where)
{
    private const string OfTheRollout = "\"RolloutId\" = @rollout";

    // Steps before their rollbacks, which tell which steps are meant.
    public static IReadOnlyList<MovedInstants> All { get; } =
    [
        new(
            typeof(RollbackStep),
            [nameof(RollbackStep.At)],
            $"\"RollbackId\" IN (SELECT \"Id\" FROM \"Rollbacks\" WHERE {OfTheRollout} AND \"RequestedAt\" >= @since)"
        ),
        new(
            typeof(Rollback),
            [nameof(Rollback.RequestedAt), nameof(Rollback.StoppedAt), nameof(Rollback.VerifiedAt)],
            $"{OfTheRollout} AND \"RequestedAt\" >= @since"
        ),
        new(
            typeof(StagingRun),
            [nameof(StagingRun.StartedAt), nameof(StagingRun.EndedAt)],
            $"{OfTheRollout} AND \"StartedAt\" >= @since"
        ),
        new(typeof(StageAttempt), [nameof(StageAttempt.OverrideExpiresAt)], OfTheRollout),
        new(
            typeof(StageAttempt),
            [nameof(StageAttempt.StartedAt), nameof(StageAttempt.EndedAt)],
            $"{OfTheRollout} AND \"StartedAt\" >= @since"
        ),
        new(
            typeof(Rollout),
            [
                nameof(Rollout.CreatedAt),
                nameof(Rollout.StageStartedAt),
                nameof(Rollout.AttemptStartedAt),
                nameof(Rollout.ResumedAt),
            ],
            "\"Id\" = @rollout"
        ),
        new(
            typeof(Procedure),
            [
                nameof(Procedure.StartedAt),
                nameof(Procedure.StepStartedAt),
                nameof(Procedure.RequestedAt),
                nameof(Procedure.StoppedAt),
                nameof(Procedure.VerifiedAt),
            ],
            $"{OfTheRollout} AND \"State\" = {(int)ProcedureState.Running}"
        ),
        new(typeof(AlertRecord), [nameof(AlertRecord.SilencedUntil)], $"{OfTheRollout} AND \"IsCurrent\""),
        new(
            typeof(AlertRecord),
            [nameof(AlertRecord.Since), nameof(AlertRecord.FiredAt), nameof(AlertRecord.AcknowledgedAt)],
            $"{OfTheRollout} AND \"IsCurrent\" AND \"Phase\" IN ({(int)Core.Vocabulary.States.AlertPhase.Pending}, {(int)Core.Vocabulary.States.AlertPhase.Firing})"
        ),
        new(
            typeof(Notification),
            [nameof(Notification.CreatedAt), nameof(Notification.DueAt), nameof(Notification.LastAttemptAt)],
            "\"SentAt\" IS NULL AND \"GivenUpAt\" IS NULL AND NOT \"Silenced\""
        ),
        new(typeof(EvidenceCheckRun), [nameof(EvidenceCheckRun.At)], OfTheRollout),
        new(
            typeof(ProcessSession),
            [
                nameof(ProcessSession.StartedAt),
                nameof(ProcessSession.LastHeartbeatAt),
                nameof(ProcessSession.StoppedAt),
            ],
            "1 = 1"
        ),
        new(
            typeof(IterationRecord),
            [nameof(IterationRecord.ClaimedAt)],
            $"\"Status\" = {(int)Core.Vocabulary.States.IterationStatus.Running}"
        ),
        new(typeof(DashboardUser), [nameof(IdentityUser.LockoutEnd)], "\"LockoutEnd\" < @never"),
    ];

    /// <summary>The statement that moves them by @by.</summary>
    public string Sql(DbContext db)
    {
        var entity = db.Model.FindEntityType(Entity)
            ?? throw new InvalidOperationException($"{Entity.Name} has no table.");
        var moved = Properties
            .Select(name => entity.GetProperty(name).GetColumnName())
            .Select(column => $"\"{column}\" = \"{column}\" + @by");
        return $"UPDATE \"{entity.GetTableName()}\" SET {string.Join(", ", moved)} WHERE {Where}";
    }
}
