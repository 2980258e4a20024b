using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Rollouts;

/// <summary>Resolves a halt by a written reason. The gate still judges; the attempt does not halt a second time.</summary>
public sealed class ResolveHalt(Transitions transitions, TimeProvider clock)
{
    /// <param name="seenVersion">State version that the person saw.</param>
    public async Task<TransitionResult> ExecuteAsync(string actor, long seenVersion, string reason, CancellationToken cancellationToken)
    {
        if (WrittenReason.Fault("The reason", reason) is { } fault)
        {
            return new TransitionResult(false, fault);
        }

        return await transitions.ApplyAsync(seenVersion, async (db, rollout, token) =>
        {
            if (rollout.Phase != RolloutPhase.Halted)
            {
                return (null, "The rollout is not halted.");
            }

            var now = clock.GetUtcNow();
            var halted = rollout.PhaseReason;
            (rollout.Phase, rollout.PhaseReason) = (RolloutPhase.Active, null);
            await db.StageAttempts.Where(visit => visit.RolloutId == rollout.Id && visit.Stage == rollout.Stage && visit.Attempt == rollout.Attempt)
                .ExecuteUpdateAsync(update => update.SetProperty(visit => visit.HaltResolvedAt, now), token).ConfigureAwait(false);
            var text = $"The halt of stage {rollout.Stage.Number()} was resolved; its gate still decides about a promotion.";
            return (new DecisionDraft("halt-resolved", actor, text, reason.Trim(), new { halted }), text);
        }, cancellationToken).ConfigureAwait(false);
    }
}
