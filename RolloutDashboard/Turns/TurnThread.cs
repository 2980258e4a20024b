using System.Collections.Concurrent;

namespace RolloutDashboard.Turns;

/// <summary>Runs asynchronous work on one thread: what goes on after an await comes back to it, unless it asks not
/// to.</summary>
internal sealed class TurnThread : SynchronizationContext
{
    private readonly BlockingCollection<(SendOrPostCallback Call, object? State)> _calls = [];

    /// <summary>Runs the work on the calling thread until its task has ended.</summary>
    public static Task<T> RunToEnd<T>(Func<Task<T>> work)
    {
        var (before, context) = (Current, new TurnThread());
        SetSynchronizationContext(context);
        try
        {
            Task<T> task;
            try
            {
                task = work();
            }
            catch (Exception exception)
            {
                return Task.FromException<T>(exception);
            }

            if (!task.IsCompleted)
            {
                _ = task.ContinueWith(
                    _ => context._calls.CompleteAdding(),
                    CancellationToken.None,
                    TaskContinuationOptions.ExecuteSynchronously,
                    TaskScheduler.Default
                );
                foreach (var (call, state) in context._calls.GetConsumingEnumerable())
                {
                    call(state);
                }
            }

            return task;
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    public override void Post(SendOrPostCallback d, object? state)
    {
        try
        {
            _calls.Add((d, state));
        }
        catch (InvalidOperationException)
        {
            // The work has ended; what comes after it is nobody's.
        }
    }

    public override void Send(SendOrPostCallback d, object? state) => d(state);

    public override SynchronizationContext CreateCopy() => this;
}
