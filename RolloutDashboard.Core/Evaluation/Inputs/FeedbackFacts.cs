using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;

namespace RolloutDashboard.Core.Evaluation.Inputs;

/// <summary>What people have said about the current attempt, as gates see it.</summary>
public static class FeedbackFacts
{
    /// <summary>Mean of each person's current answer; null before the first.</summary>
    public static async Task<FeedbackScore?> ScoreAsync(
        RolloutDb db,
        Rollout rollout,
        CancellationToken cancellationToken
    )
    {
        var scores = await db
            .FeedbackAnswers.Where(row =>
                row.RolloutId == rollout.Id
                && row.Stage == rollout.Stage
                && row.Attempt == rollout.Attempt
                && row.IsCurrent
            )
            .Select(row => new { row.UserId, row.Score })
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);
        return scores.Count == 0
            ? null
            : new FeedbackScore(scores.Average(row => row.Score), scores.Select(row => row.UserId).Distinct().Count());
    }

    public static async Task<SignOff?> SignOffAsync(
        RolloutDb db,
        Rollout rollout,
        CancellationToken cancellationToken
    ) =>
        await CurrentSignOff(db, rollout)
            .Select(row => new SignOff(row.Name, row.At))
            .FirstOrDefaultAsync(cancellationToken)
            .ConfigureAwait(false);

    internal static IQueryable<BusinessSignOff> CurrentSignOff(RolloutDb db, Rollout rollout) =>
        db
            .BusinessSignOffs.Where(row =>
                row.RolloutId == rollout.Id
                && row.Stage == rollout.Stage
                && row.Attempt == rollout.Attempt
                && row.WithdrawnAt == null
            )
            .OrderByDescending(row => row.Id);
}
