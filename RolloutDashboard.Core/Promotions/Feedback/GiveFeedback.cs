using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Decisions;
using RolloutDashboard.Core.Nodes;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;

namespace RolloutDashboard.Core.Promotions.Feedback;

/// <summary>A person's answer on the current stage; a later one takes the place of an earlier one, which stays in the
/// history.</summary>
public sealed class GiveFeedback(IDbContextFactory<RolloutDb> databases, IRolloutChanges changes, TimeProvider clock)
{
    public const int LongestComment = 2000;

    /// <param name="score">1 to 5.</param>
    public async Task<TransitionResult> ExecuteAsync(
        string userId,
        string userName,
        int score,
        string? comment,
        CancellationToken cancellationToken
    )
    {
        if (score is < 1 or > 5)
        {
            return new TransitionResult(false, "Choose a score from 1 to 5.");
        }

        var words = string.IsNullOrWhiteSpace(comment) ? null : comment.Trim();
        if (words?.Length > LongestComment)
        {
            return new TransitionResult(
                false,
                $"The comment has {words.Length} characters; at most {LongestComment} are kept."
            );
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var transaction = await db.BeginWriteAsync(cancellationToken).ConfigureAwait(false);
        var rollout = await db.CurrentRolloutAsync(cancellationToken).ConfigureAwait(false);
        await ReplaceEarlierAsync(db, rollout, userId, cancellationToken).ConfigureAwait(false);
        db.FeedbackAnswers.Add(Answer(rollout, userId, userName, score, words));
        await db.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        changes.Publish();
        return new TransitionResult(
            true,
            "Thank you; your answer counts. You can change it as long as the stage lasts."
        );
    }

    private static Task<int> ReplaceEarlierAsync(
        RolloutDb db,
        Rollout rollout,
        string userId,
        CancellationToken cancellationToken
    ) =>
        db
            .FeedbackAnswers.Where(row =>
                row.RolloutId == rollout.Id && row.Stage == rollout.Stage && row.UserId == userId && row.IsCurrent
            )
            .ExecuteUpdateAsync(update => update.SetProperty(row => row.IsCurrent, false), cancellationToken);

    private FeedbackAnswer Answer(Rollout rollout, string userId, string userName, int score, string? words) =>
        new()
        {
            RolloutId = rollout.Id,
            Stage = rollout.Stage,
            Attempt = rollout.Attempt,
            UserId = userId,
            UserName = userName,
            Score = score,
            Comment = words,
            At = clock.GetUtcNow(),
            IsCurrent = true,
        };
}
