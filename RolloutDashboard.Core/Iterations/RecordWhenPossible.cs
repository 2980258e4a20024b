using RolloutDashboard.Core.Nodes;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Iterations;

/// <summary>
/// Ends an iteration's row as soon as the storage lets it: a full disk or a database under restore makes the loop wait
/// with the outcome in hand, and no iteration fails or is lost by it.
/// </summary>
public sealed class RecordWhenPossible(
    RecordIteration recordIteration,
    ILoopWait loop,
    StorageTrouble storage,
    TimeProvider clock
)
{
    private readonly IterationWait _wait = new(loop, storage, clock);

    /// <param name="cancelled">Fires when the iteration is cancelled; the outcome then counts in nothing.</param>
    public Task FinishAsync(ClaimedIteration claim, IterationOutcome outcome, CancellationToken cancelled) =>
        _wait.UntilWrittenAsync(() => recordIteration.FinishAsync(claim, outcome, cancelled), cancelled);

    /// <summary>The same for an outcome that was decided before the iteration was cancelled.</summary>
    /// <param name="stopping">Fires when the process stops; what can't be recorded then is found at the next
    /// start.</param>
    public Task FinishDecidedAsync(ClaimedIteration claim, IterationOutcome outcome, CancellationToken stopping) =>
        _wait.UntilWrittenAsync(() => recordIteration.FinishAsync(claim, outcome, CancellationToken.None), stopping);

    /// <param name="stopping">Fires when the process stops; what can't be recorded then is found at the next
    /// start.</param>
    public Task CancelAsync(ClaimedIteration claim, CancellationReason reason, CancellationToken stopping) =>
        _wait.UntilWrittenAsync(() => recordIteration.CancelAsync(claim, reason), stopping);

    /// <param name="stopping">Fires when the process stops; what can't be recorded then is found at the next
    /// start.</param>
    public Task FailAsync(ClaimedIteration claim, Exception exception, TimeSpan elapsed, CancellationToken stopping) =>
        _wait.UntilWrittenAsync(() => recordIteration.FailAsync(claim, exception, elapsed), stopping);
}
