using RolloutDashboard.Core.Decisions;
using RolloutDashboard.Core.Evaluation.Inputs;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Promotions;

/// <summary>Resolves a halt by a written reason, also while rolled back. The gate still judges; the attempt that halted
/// does not halt a second time.</summary>
public sealed class ResolveHalt(Transitions transitions, TimeProvider clock)
{
    /// <param name="seenVersion">State version that the person saw.</param>
    public async Task<TransitionResult> ExecuteAsync(
        string actor,
        long seenVersion,
        string reason,
        CancellationToken cancellationToken
    )
    {
        if (WrittenReason.Fault("The reason", reason) is { } fault)
        {
            return new TransitionResult(false, fault);
        }

        return await transitions
            .ApplyAsync(
                seenVersion,
                async (db, rollout, token) =>
                {
                    if (await Halt.ReadAsync(db, rollout, token).ConfigureAwait(false) is not { } halted)
                    {
                        return (null, "The rollout is not halted.");
                    }

                    await Halt.ResolveAsync(db, rollout, clock.GetUtcNow(), token).ConfigureAwait(false);
                    if (rollout.Phase == RolloutPhase.Halted)
                    {
                        (rollout.Phase, rollout.PhaseReason) = (RolloutPhase.Active, null);
                    }

                    var text =
                        $"The halt of stage {rollout.Stage.Number()} was resolved; its gate still decides about a promotion.";
                    return (new DecisionDraft("halt-resolved", actor, text, reason.Trim(), new { halted }), text);
                },
                cancellationToken
            )
            .ConfigureAwait(false);
    }
}
