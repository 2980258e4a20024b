namespace RolloutDashboard.Core.Market;

/// <summary>The market that all iterations of this process run on; loaded once.</summary>
public sealed class CurrentMarket(IMarketSource source) : IDisposable
{
    private readonly SemaphoreSlim _lock = new(1, 1);
    private volatile LoadedMarket? _loaded;

    /// <summary>The market if it is loaded already.</summary>
    public LoadedMarket? Loaded => _loaded;

    /// <exception cref="MarketDataException">The data can't be used.</exception>
    public async ValueTask<LoadedMarket> GetAsync(CancellationToken cancellationToken)
    {
        if (_loaded is { } ready)
        {
            return ready;
        }

        await _lock.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return _loaded ??= await source.LoadAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _lock.Release();
        }
    }

    public void Dispose() => _lock.Dispose();
}
