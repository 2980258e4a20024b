using RolloutDashboard.Core.Decisions;
using RolloutDashboard.Core.Nodes;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Iterations;

/// <summary>Starts, pauses and stops the loop.</summary>
public sealed class ControlLoop(Transitions transitions, RunningIterations running, TimeProvider clock)
{
    public Task<TransitionResult> StartAsync(string actor, CancellationToken cancellationToken) =>
        WishAsync(DesiredLoopState.Running, "loop-started", "The loop was started.", actor, cancellationToken);

    /// <summary>Running iterations end; no new one begins.</summary>
    public Task<TransitionResult> PauseAsync(string actor, CancellationToken cancellationToken) =>
        WishAsync(
            DesiredLoopState.Paused,
            "loop-paused",
            "The loop was paused; running iterations end.",
            actor,
            cancellationToken
        );

    /// <summary>Running iterations are cancelled.</summary>
    public async Task<TransitionResult> StopAsync(string actor, CancellationToken cancellationToken)
    {
        var result = await WishAsync(
                DesiredLoopState.Stopped,
                "loop-stopped",
                "The loop was stopped; running iterations were cancelled.",
                actor,
                cancellationToken
            )
            .ConfigureAwait(false);
        if (result.Succeeded)
        {
            running.CancelAll(CancellationReason.LoopStopped);
        }

        return result;
    }

    private Task<TransitionResult> WishAsync(
        DesiredLoopState wish,
        string kind,
        string text,
        string actor,
        CancellationToken cancellationToken
    ) =>
        transitions.ApplyAsync(
            seenVersion: null,
            async (db, rollout, token) =>
            {
                if (rollout.DesiredLoopState == wish)
                {
                    return (null, NothingToDo(wish));
                }

                var before = rollout.DesiredLoopState;
                rollout.DesiredLoopState = wish;
                if (wish == DesiredLoopState.Stopped)
                {
                    await CloseLineagesAsync(db, rollout.Id, token).ConfigureAwait(false);
                }

                return (
                    new DecisionDraft(
                        kind,
                        actor,
                        text,
                        null,
                        new { before = before.ToString(), after = wish.ToString() }
                    ),
                    text
                );
            },
            cancellationToken
        );

    private Task CloseLineagesAsync(RolloutDb db, int rolloutId, CancellationToken cancellationToken) =>
        LineageClosing.CloseAsync(
            db.Lineages.Where(lineage =>
                lineage.RolloutId == rolloutId && lineage.Environment == RolloutEnvironment.Production
            ),
            LineageEnd.Stop,
            clock.GetUtcNow(),
            cancellationToken
        );

    private static string NothingToDo(DesiredLoopState wish) =>
        wish switch
        {
            DesiredLoopState.Running => "The loop is running already.",
            DesiredLoopState.Paused => "The loop is paused already.",
            _ => "The loop is stopped already.",
        };
}
