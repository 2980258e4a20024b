using RolloutDashboard.Core.Storage;

namespace RolloutDashboard.Core.Iterations;

/// <summary>
/// Ends an iteration's row as soon as the storage lets it: a full disk or a database under restore makes the loop wait with
/// the outcome in hand, and no iteration fails or is lost by it.
/// </summary>
public sealed class RecordWhenPossible(RecordIteration recordIteration, ILoopWait loop, TimeProvider clock)
{
    /// <param name="cancelled">Fires when the iteration is cancelled; the outcome then counts in nothing.</param>
    public Task FinishAsync(ClaimedIteration claim, IterationOutcome outcome, CancellationToken cancelled) =>
        KeepTryingAsync(() => recordIteration.FinishAsync(claim, outcome, cancelled), cancelled);

    /// <param name="stopping">Fires when the process stops; what can't be recorded then is found at the next start.</param>
    public Task CancelAsync(ClaimedIteration claim, string reason, CancellationToken stopping) =>
        KeepTryingAsync(() => recordIteration.CancelAsync(claim, reason), stopping);

    /// <param name="stopping">Fires when the process stops; what can't be recorded then is found at the next start.</param>
    public Task FailAsync(ClaimedIteration claim, Exception exception, TimeSpan elapsed, CancellationToken stopping) =>
        KeepTryingAsync(() => recordIteration.FailAsync(claim, exception, elapsed), stopping);

    private async Task KeepTryingAsync(Func<Task> record, CancellationToken giveUp)
    {
        while (true)
        {
            try
            {
                await record().ConfigureAwait(false);
                return;
            }
            catch (Exception exception) when (!giveUp.IsCancellationRequested && StorageTrouble.Of(exception) is not null)
            {
                loop.Waits(StorageTrouble.Of(exception)!, clock.GetUtcNow() + StorageTrouble.LookAgain);
                await Task.Delay(StorageTrouble.LookAgain, clock, giveUp).ConfigureAwait(false);
            }
        }
    }
}
