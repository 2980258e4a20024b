using System.Threading.Channels;
using RolloutDashboard.StrategyHost.Wire;

namespace RolloutDashboard.Core.Strategies.FullCode.Hosts;

/// <summary>
/// Warm compile hosts, so that a program on which the compiler works long holds up no other. One is warm at first, a
/// spare one soon after; as many as were needed at a time stay, up to a number, and a host that ended is replaced at
/// once.
/// </summary>
/// <param name="start">Starts a host and waits until it is warm.</param>
/// <param name="most">Most hosts at a time; who comes beyond them waits.</param>
/// <param name="kept">Most hosts that stay when nobody compiles.</param>
internal sealed class CompileHostPool(Func<CancellationToken, Task<CompileHost>> start, int most, int kept)
    : IAsyncDisposable
{
    private readonly Channel<CompileHost> _ready = Channel.CreateUnbounded<CompileHost>();
    private readonly Lock _lock = new();
    private readonly List<Task> _starting = [];
    private readonly CancellationTokenSource _closing = new();
    private int _hosts;
    private int _waiting;
    private int _wanted = 1;
    private bool _isClosed;

    /// <summary>Waits until a host is warm.</summary>
    /// <exception cref="SandboxUnavailableException">It can't be started.</exception>
    public async Task WarmAsync(CancellationToken cancellationToken) =>
        await GiveBackAsync(await TakeAsync(cancellationToken));

    /// <summary>Keeps another host warm from now on, if there is a place for it.</summary>
    public void AddSpare()
    {
        lock (_lock)
        {
            _wanted = Math.Max(_wanted, Math.Min(2, kept));
        }

        Replace();
    }

    /// <inheritdoc cref="CompileHost.CompileAsync"/>
    /// <exception cref="SandboxUnavailableException">No compiler can be started.</exception>
    public async Task<CompileReply> CompileAsync(string source, CancellationToken cancellationToken)
    {
        var host = await TakeAsync(cancellationToken);
        try
        {
            return await host.CompileAsync(source, cancellationToken);
        }
        finally
        {
            await GiveBackAsync(host);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Task[] starting;
        lock (_lock)
        {
            if (_isClosed)
            {
                return;
            }

            _isClosed = true;
            starting = [.. _starting];
        }

        await _closing.CancelAsync();
        // Nobody waits for them any more; what they failed of was told to who did.
        await Task.WhenAll(starting)
            .ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        while (_ready.Reader.TryRead(out var host))
        {
            await host.DisposeAsync();
        }

        _closing.Dispose();
    }

    private async Task<CompileHost> TakeAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _waiting);
        try
        {
            while (true)
            {
                ObjectDisposedException.ThrowIf(Volatile.Read(ref _isClosed), this);
                if (!_ready.Reader.TryRead(out var host))
                {
                    await WaitAsync(cancellationToken);
                }
                else if (host.IsUsable)
                {
                    return host;
                }
                else
                {
                    await EndAsync(host);
                }
            }
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    /// <summary>Waits until a host may be ready: one that another gives back or one that is being started, whichever
    /// comes first.</summary>
    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closing.Token);
        var ready = _ready.Reader.WaitToReadAsync(enough.Token).AsTask();
        var started = Start();
        var first = await Task.WhenAny(ready, started);
        await enough.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
        if (first == started)
        {
            await started;
        }
    }

    private async Task GiveBackAsync(CompileHost host)
    {
        bool stays;
        lock (_lock)
        {
            stays = host.IsUsable && !_isClosed && _ready.Reader.Count < kept && _ready.Writer.TryWrite(host);
        }

        if (!stays)
        {
            await EndAsync(host);
            Replace();
        }
    }

    private async Task EndAsync(CompileHost host)
    {
        lock (_lock)
        {
            _hosts--;
        }

        await host.DisposeAsync();
    }

    // The next program need not pay for the one that ended its compiler. If none can be started, the next program is
    // told.
    private void Replace()
    {
        lock (_lock)
        {
            if (_hosts >= _wanted)
            {
                return;
            }
        }

        _ = Start()
            .ContinueWith(
                started => started.Exception,
                CancellationToken.None,
                TaskContinuationOptions.OnlyOnFaulted,
                TaskScheduler.Default
            );
    }

    /// <summary>Starts a host if there is a place for it, and unless as many are starting already as are waited
    /// for.</summary>
    /// <returns>Ends when a host that is being started is ready, or failed; never, when none is being
    /// started.</returns>
    private Task Start()
    {
        lock (_lock)
        {
            _starting.RemoveAll(task => task.IsCompleted);
            var isNeeded = _hosts < _wanted || _starting.Count < Volatile.Read(ref _waiting);
            if (!_isClosed && _hosts < most && isNeeded)
            {
                _hosts++;
                _wanted = Math.Max(_wanted, Math.Min(_hosts, kept));
                _starting.Add(Task.Run(StartAsync));
            }

            return _starting.Count == 0 ? new TaskCompletionSource().Task : Task.WhenAny(_starting).Unwrap();
        }
    }

    private async Task StartAsync()
    {
        try
        {
            var host = await start(_closing.Token);
            if (!_ready.Writer.TryWrite(host))
            {
                await EndAsync(host);
            }
        }
        catch
        {
            lock (_lock)
            {
                _hosts--;
            }

            throw;
        }
    }
}
