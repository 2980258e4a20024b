using System.Collections.Concurrent;

namespace RolloutDashboard.Core.Strategies.FullCode.Hosts;

/// <summary>Run hosts that were started in advance; each is handed out once.</summary>
internal sealed class RunHostPool(Func<Task<HostProcess>> start, int size) : IAsyncDisposable
{
    private readonly ConcurrentQueue<Task<HostProcess>> _waiting = new();
    private int _isClosed;

    /// <summary>Starts as many as are missing.</summary>
    public void Fill()
    {
        while (_isClosed == 0 && _waiting.Count < size)
        {
            _waiting.Enqueue(start());
        }
    }

    /// <summary>Hands out a living host and starts its replacement.</summary>
    /// <exception cref="SandboxUnavailableException">No host can be started.</exception>
    public async Task<HostProcess> TakeAsync()
    {
        while (_waiting.TryDequeue(out var waiting))
        {
            Fill();
            var host = await waiting;
            if (!host.HasExited)
            {
                return host;
            }

            await host.DisposeAsync();
        }

        var fresh = start();
        Fill();
        return await fresh;
    }

    public async ValueTask DisposeAsync()
    {
        Interlocked.Exchange(ref _isClosed, 1);
        while (_waiting.TryDequeue(out var waiting))
        {
            try
            {
                await (await waiting).DisposeAsync();
            }
            catch (SandboxUnavailableException)
            {
                // It never started; there is nothing to end.
            }
        }
    }
}
