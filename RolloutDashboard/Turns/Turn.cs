namespace RolloutDashboard.Turns;

/// <summary>A turn in a <see cref="TurnQueue"/>, whatever its result.</summary>
public abstract class Turn
{
    private bool _isTaken;

    /// <summary>Whether it has neither begun nor been given up; asked under the queue's lock.</summary>
    internal bool IsWaiting => !_isTaken;

    /// <summary>Takes it out of the waiting ones; false where somebody has. Called under the queue's lock.</summary>
    internal bool TryTake()
    {
        var isWaiting = !_isTaken;
        _isTaken = true;
        return isWaiting;
    }

    /// <summary>Does the work on the calling thread, to its end.</summary>
    internal abstract void Run();

    /// <summary>Hands the outcome to who waits for it.</summary>
    internal abstract void End();

    /// <summary>Ends it without having begun.</summary>
    internal abstract void Cancel();
}

/// <summary>A turn that gives a result.</summary>
public sealed class Turn<T> : Turn
{
    private readonly TaskCompletionSource<T> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TurnQueue _queue;
    private readonly TurnClerk _clerk;
    private readonly ProcessorShare _share;
    private readonly Func<IProgress<int>, CancellationToken, Task<T>> _work;
    private readonly IProgress<int>? _progress;
    private readonly CancellationToken _leaving;
    private Task<T>? _done;

    internal Turn(
        TurnQueue queue,
        TurnClerk clerk,
        ProcessorShare share,
        Func<IProgress<int>, CancellationToken, Task<T>> work,
        IProgress<int>? progress,
        CancellationToken leaving
    ) => (_queue, _clerk, _share, _work, _progress, _leaving) = (queue, clerk, share, work, progress, leaving);

    /// <summary>Ends with the work, or cancelled where it was left before it began.</summary>
    public Task<T> Result => _result.Task;

    /// <summary>Lets it be served as the turn of one more person who waits for it.</summary>
    public void AlsoFor(string person) => _queue.AlsoFor(this, person);

    internal void LeaveWith(CancellationToken leaving)
    {
        var registered = leaving.UnsafeRegister(_ => _queue.Forget(this), null);
        _ = _result.Task.ContinueWith(
            _ => registered.Dispose(),
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default
        );
    }

    internal override void Run() => _done = TurnThread.RunToEnd(() => _work(new Told(this), _leaving));

    internal override void End() => _result.TrySetFromTask(_done!);

    internal override void Cancel() =>
        _result.TrySetCanceled(_leaving.IsCancellationRequested ? _leaving : new CancellationToken(canceled: true));

    private sealed class Told(Turn<T> turn) : IProgress<int>
    {
        public void Report(int value)
        {
            if (turn._progress is { } progress)
            {
                turn._clerk.Post(() => progress.Report(value));
            }

            turn._share.Rest(turn._leaving);
        }
    }
}
