namespace RolloutDashboard.Jobs;

/// <summary>Asks duties for a turn before their time. Thread-safe.</summary>
public sealed class DutySignal
{
    private TaskCompletionSource _next = New();

    /// <summary>Ends when somebody asks from now on; to be taken before a turn, so that what is asked during the turn
    /// is not missed.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    /// <summary>Asks for a turn at once, after a command.</summary>
    public void LookNow() => Interlocked.Exchange(ref _next, New()).TrySetResult();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
