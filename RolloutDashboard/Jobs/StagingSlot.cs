namespace RolloutDashboard.Jobs;

/// <summary>The one slot of validation runs in this process.</summary>
public sealed class StagingSlot
{
    private int _taken;

    public bool IsTaken => Volatile.Read(ref _taken) != 0;

    /// <summary>Takes the slot until disposed; null when it is taken.</summary>
    public IDisposable? TryTake() => Interlocked.CompareExchange(ref _taken, 1, 0) == 0 ? new Taken(this) : null;

    private sealed class Taken(StagingSlot slot) : IDisposable
    {
        public void Dispose() => Volatile.Write(ref slot._taken, 0);
    }
}
