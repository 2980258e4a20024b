using RolloutDashboard.Core.Llm;
using RolloutDashboard.Core.Llm.Budget;
using RolloutDashboard.Core.Nodes;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Strategies;
using RolloutDashboard.Core.Strategies.FullCode.Hosts;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Iterations;

/// <summary>
/// Waits in the middle of an iteration for what is no fault of it, so that an outage takes no iteration out of its arm.
/// The loop claims nothing new meanwhile, and the iteration's token ends the wait at once.
/// </summary>
public sealed class IterationWait(ILoopWait loop, StorageTrouble storage, TimeProvider clock) : IIterationWait
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    public Task<T> UntilDoneAsync<T>(Func<CancellationToken, Task<T>> step, CancellationToken cancellationToken) =>
        UntilDoneAsync(step, Of, cancellationToken);

    /// <summary>The same for what has the outcome in hand and writes it: files count as storage too.</summary>
    internal Task UntilWrittenAsync(Func<Task> write, CancellationToken giveUp) =>
        UntilDoneAsync(
            async _ =>
            {
                await write().ConfigureAwait(false);
                return true;
            },
            exception =>
                storage.Of(exception) is { } trouble
                    ? new WaitCause(LoopWaitKind.Storage, trouble, clock.GetUtcNow() + StorageTrouble.LookAgain)
                    : null,
            giveUp
        );

    /// <summary>What an exception says is to be waited for; null if it is of another kind.</summary>
    internal WaitCause? Of(Exception exception) =>
        exception switch
        {
            BudgetExhaustedException budget => new WaitCause(LoopWaitKind.Budget, budget.Message, budget.RetryAt),
            GenerationUnavailableException down => new WaitCause(LoopWaitKind.Provider, down.Message, down.RetryAt),
            SandboxUnavailableException sandbox => new WaitCause(LoopWaitKind.Sandbox, sandbox.Message, null),
            _ when storage.OfDatabase(exception) is { } trouble => new WaitCause(
                LoopWaitKind.Storage,
                trouble,
                clock.GetUtcNow() + StorageTrouble.LookAgain
            ),
            _ => null,
        };

    private async Task<T> UntilDoneAsync<T>(
        Func<CancellationToken, Task<T>> step,
        Func<Exception, WaitCause?> causeOf,
        CancellationToken cancellationToken
    )
    {
        IDisposable? held = null;
        try
        {
            while (true)
            {
                WaitCause? cause = null;
                try
                {
                    return await step(cancellationToken).ConfigureAwait(false);
                }
                catch (Exception exception) when ((cause = causeOf(exception)) is not null)
                {
                    // What was cancelled during a try that failed is cancelled; nothing that is waited for may count as
                    // a failure.
                    if (cancellationToken.IsCancellationRequested)
                    {
                        throw new OperationCanceledException(cause.Reason, exception, cancellationToken);
                    }

                    // Held over the next try too: an iteration that asks again still waits.
                    var next = loop.Hold(cause.Kind, cause.Reason);
                    held?.Dispose();
                    held = next;
                }

                await Task.Delay(PauseUntil(cause.RetryAt), clock, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            held?.Dispose();
        }
    }

    // Whoever is asked early says so without asking anybody; a clock that was set must not hold an iteration for hours.
    private TimeSpan PauseUntil(DateTimeOffset? retryAt)
    {
        var wait = retryAt - clock.GetUtcNow() ?? Longest;
        return wait < Shortest ? Shortest
            : wait > Longest ? Longest
            : wait;
    }
}
