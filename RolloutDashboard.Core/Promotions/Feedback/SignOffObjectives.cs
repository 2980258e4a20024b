using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Decisions;
using RolloutDashboard.Core.Evaluation.Inputs;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Promotions.Feedback;

/// <summary>A person signs the business objectives of stage 3.4 off, by name, or takes that back.</summary>
public sealed class SignOffObjectives(Transitions transitions, TimeProvider clock)
{
    public const int ShortestStatement = 10;
    public const int LongestStatement = 2000;

    /// <param name="actor">Name as records show it.</param>
    public Task<TransitionResult> ExecuteAsync(
        string userId,
        string actor,
        string name,
        string statement,
        CancellationToken cancellationToken
    ) =>
        transitions.ApplyAsync(
            seenVersion: null,
            async (db, rollout, token) =>
            {
                var (who, what) = (name.Trim(), statement.Trim());
                if (await RefusalAsync(db, rollout, who, what, token).ConfigureAwait(false) is { } refusal)
                {
                    return (null, refusal);
                }

                db.BusinessSignOffs.Add(
                    new BusinessSignOff
                    {
                        RolloutId = rollout.Id,
                        Stage = rollout.Stage,
                        Attempt = rollout.Attempt,
                        UserId = userId,
                        Name = who,
                        Statement = what,
                        At = clock.GetUtcNow(),
                    }
                );
                return (SignedOff(rollout, actor, who, what), $"Signed off by {who}.");
            },
            cancellationToken
        );

    public Task<TransitionResult> WithdrawAsync(string actor, string reason, CancellationToken cancellationToken) =>
        transitions.ApplyAsync(
            seenVersion: null,
            async (db, rollout, token) =>
            {
                if (string.IsNullOrWhiteSpace(reason))
                {
                    return (null, "Taking a sign-off back needs a written reason.");
                }

                var signOff = await FeedbackFacts
                    .CurrentSignOff(db, rollout)
                    .AsTracking()
                    .FirstOrDefaultAsync(token)
                    .ConfigureAwait(false);
                if (signOff is null)
                {
                    return (null, "There is no sign-off in this attempt.");
                }

                (signOff.WithdrawnAt, signOff.WithdrawnBy) = (clock.GetUtcNow(), actor);
                return (
                    new DecisionDraft(
                        "sign-off-withdrawn",
                        actor,
                        $"The sign-off by {signOff.Name} was taken back.",
                        reason.Trim(),
                        new
                        {
                            name = signOff.Name,
                            stage = rollout.Stage.Number(),
                            rollout.Attempt,
                        }
                    ),
                    "The sign-off is taken back."
                );
            },
            cancellationToken
        );

    private static async Task<string?> RefusalAsync(
        RolloutDb db,
        Rollout rollout,
        string who,
        string what,
        CancellationToken cancellationToken
    )
    {
        if (who.Length is < 2 or > 100 || what.Length is < ShortestStatement or > LongestStatement)
        {
            return $"Sign with your name and a statement of {ShortestStatement} to {LongestStatement} characters.";
        }

        if (rollout.Stage != Stage.FullProduction)
        {
            return $"Business objectives are signed off in stage {Stage.FullProduction.Number()}; the rollout is in stage {rollout.Stage.Number()}.";
        }

        return await FeedbackFacts.CurrentSignOff(db, rollout).AnyAsync(cancellationToken).ConfigureAwait(false)
            ? "The business objectives of this attempt are signed off already."
            : null;
    }

    private static DecisionDraft SignedOff(Rollout rollout, string actor, string who, string what) =>
        new(
            "sign-off",
            actor,
            $"Business objectives of stage {rollout.Stage.Number()} signed off by {who}.",
            what,
            new
            {
                name = who,
                stage = rollout.Stage.Number(),
                rollout.Attempt,
            }
        );
}
