namespace RolloutDashboard.Background;

/// <summary>Asks the supervisor for a look before its time.</summary>
public sealed class SupervisorSignal : IDisposable
{
    private readonly SemaphoreSlim _signal = new(0, 1);

    /// <summary>Asks for a look at once, after a command.</summary>
    public void LookNow()
    {
        if (_signal.CurrentCount == 0)
        {
            try
            {
                _signal.Release();
            }
            catch (SemaphoreFullException)
            {
                // Somebody else asked in between; one look serves both.
            }
        }
    }

    /// <returns>Whether somebody asked; false when the time was over.</returns>
    public Task<bool> WaitAsync(TimeSpan most, CancellationToken cancellationToken) =>
        _signal.WaitAsync(most, cancellationToken);

    public void Dispose() => _signal.Dispose();
}
