using RolloutDashboard.Core.Monitoring.Live;

namespace RolloutDashboard.Feed;

/// <summary>
/// What one circuit sees of the rollout: the latest snapshot, whether it is current, and its one subscription.
/// Registered as scoped.
/// </summary>
public sealed partial class LiveSession(
    IRolloutFeed feed,
    ILiveView view,
    PageDrawing drawing,
    TimeProvider clock,
    ILogger<LiveSession> logger
) : IAsyncDisposable
{
    /// <summary>Least time between two reads of one circuit; what spares the machine is the longer pause that all
    /// circuits share.</summary>
    public static TimeSpan Pause { get; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Reads also happen this often without news, so that ages and uptime move on.</summary>
    public static TimeSpan Heartbeat { get; } = TimeSpan.FromSeconds(15);

    private readonly Lock _lock = new();
    private readonly List<Func<Task>> _listeners = [];
    private ThrottledRefresh? _look;
    private ITimer? _heartbeat;
    private bool _disposed;

    public LiveSnapshot? Snapshot { get; private set; }

    /// <summary>Why the last read failed; null when it didn't.</summary>
    public string? Failure { get; private set; }

    public bool IsPaused { get; private set; }

    public TimeRange Range { get; private set; } = TimeRange.Day;

    public LiveState State => LiveState.Judge(Snapshot, Failure, IsPaused, clock.GetUtcNow());

    public void Start()
    {
        lock (_lock)
        {
            if (_look is not null || _disposed)
            {
                return;
            }

            _look = new ThrottledRefresh(feed, ReadAsync, Pause, clock);
            _heartbeat = clock.CreateTimer(_ => _look.Request(), null, Heartbeat, Heartbeat);
        }
    }

    /// <summary>Calls back after each read and each change of state, on any thread.</summary>
    public IDisposable Listen(Func<Task> onChanged)
    {
        lock (_lock)
        {
            _listeners.Add(onChanged);
        }

        return new Listening(this, onChanged);
    }

    public void Show(TimeRange range)
    {
        if (range != Range)
        {
            Range = range;
            _look?.Request();
        }
    }

    /// <summary>Reads now, also while paused: a person who acted wants to see what came of it.</summary>
    public Task RefreshAsync(CancellationToken cancellationToken)
    {
        view.Hurry(Range);
        return ReadOnceAsync(cancellationToken);
    }

    public async Task PauseAsync(bool paused)
    {
        IsPaused = paused;
        await TellAsync();
        _look?.Request();
    }

    public async ValueTask DisposeAsync()
    {
        ThrottledRefresh? look;
        lock (_lock)
        {
            _disposed = true;
            _listeners.Clear();
            look = _look;
        }

        if (_heartbeat is not null)
        {
            await _heartbeat.DisposeAsync();
        }

        if (look is not null)
        {
            await look.DisposeAsync();
        }
    }

    private Task ReadAsync(CancellationToken cancellationToken) =>
        IsPaused ? TellAsync() : ReadOnceAsync(cancellationToken);

    private async Task ReadOnceAsync(CancellationToken cancellationToken)
    {
        try
        {
            Snapshot = await view.SnapshotAsync(Range, cancellationToken);
            Failure = null;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Failure = exception.Message;
            LogReadFailed(logger, exception);
        }

        await TellAsync();
    }

    private async Task TellAsync()
    {
        Func<Task>[] listeners;
        lock (_lock)
        {
            listeners = [.. _listeners];
        }

        using var place = await drawing.BeginAsync();
        foreach (var listener in listeners)
        {
            try
            {
                await listener();
            }
            catch (ObjectDisposedException)
            {
                // The component left between the copy and the call.
            }
            catch (Exception exception)
            {
                LogListener(logger, exception);
            }
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The live view could not be read; the page shows the last snapshot as stale."
    )]
    private static partial void LogReadFailed(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A part of the page could not be redrawn.")]
    private static partial void LogListener(ILogger logger, Exception exception);

    private sealed class Listening(LiveSession session, Func<Task> listener) : IDisposable
    {
        public void Dispose()
        {
            lock (session._lock)
            {
                session._listeners.Remove(listener);
            }
        }
    }
}
