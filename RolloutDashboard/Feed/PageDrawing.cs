namespace RolloutDashboard.Feed;

/// <summary>
/// Lets the open pages draw news a few at a time, so that a hundred of them leave processors to the loop and to who
/// clicks, and knows how long drawing took. Thread-safe.
/// </summary>
public sealed class PageDrawing(TimeProvider clock) : IDisposable
{
    // A page that is slow at it must not keep the others waiting.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);
    private readonly SemaphoreSlim _places = new(Math.Max(1, Environment.ProcessorCount / 2));
    private readonly Lock _lock = new();
    private TimeSpan _total;
    private long _since;
    private int _drawing;

    /// <summary>How long pages have been drawn so far; a moment in which many draw counts once.</summary>
    public TimeSpan Total
    {
        get
        {
            lock (_lock)
            {
                return _drawing == 0 ? _total : _total + clock.GetElapsedTime(_since);
            }
        }
    }

    /// <summary>Waits for a place, but not for long, and counts from then until what it gives is disposed.</summary>
    public async Task<IDisposable> BeginAsync()
    {
        var hasPlace = await _places.WaitAsync(Patience).ConfigureAwait(false);
        lock (_lock)
        {
            if (_drawing++ == 0)
            {
                _since = clock.GetTimestamp();
            }
        }

        return new Drawing(this, hasPlace);
    }

    public void Dispose() => _places.Dispose();

    private void End(bool hadPlace)
    {
        lock (_lock)
        {
            if (--_drawing == 0)
            {
                _total += clock.GetElapsedTime(_since);
            }
        }

        if (hadPlace)
        {
            _places.Release();
        }
    }

    private sealed class Drawing(PageDrawing owner, bool hasPlace) : IDisposable
    {
        private int _ended;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _ended, 1) == 0)
            {
                owner.End(hasPlace);
            }
        }
    }
}
