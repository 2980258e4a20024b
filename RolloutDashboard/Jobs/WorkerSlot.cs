namespace RolloutDashboard.Jobs;

/// <summary>A taken slot of the loop; dispose it to free it.</summary>
/// <param name="number">Which of the slots, from 0. The worker in it goes on with the lineages of its number.</param>
public sealed class WorkerSlot(int number, Action free) : IDisposable
{
    private int _disposed;

    public int Number => number;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            free();
        }
    }
}
