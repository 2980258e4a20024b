using RolloutDashboard.StrategyHost.Wire;

namespace RolloutDashboard.Core.Strategies.FullCode;

/// <summary>
/// Compile hosts that are started when they are needed, so that a program on which the compiler works long holds up no other.
/// One stays warm; the others end when they are not needed any more.
/// </summary>
/// <param name="most">Most hosts at a time; who comes beyond them waits.</param>
/// <param name="kept">Hosts that stay when nobody compiles.</param>
internal sealed class CompileHostPool(Func<CompileHost> make, int most, int kept) : IAsyncDisposable
{
    private readonly SemaphoreSlim _places = new(most);
    private readonly Lock _gate = new();
    private readonly List<CompileHost> _idle = [];
    private readonly CancellationTokenSource _closing = new();
    private Task _rewarming = Task.CompletedTask;

    /// <summary>Starts a host, so that the first program finds it warm.</summary>
    public Task WarmAsync(CancellationToken cancellationToken) => UseAsync(
        async host =>
        {
            await host.WarmAsync(cancellationToken);
            return true;
        },
        cancellationToken);

    /// <inheritdoc cref="CompileHost.CompileAsync"/>
    public Task<CompileReply> CompileAsync(string source, CancellationToken cancellationToken) =>
        UseAsync(host => host.CompileAsync(source, cancellationToken), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _rewarming;
        CompileHost[] hosts;
        lock (_gate)
        {
            hosts = [.. _idle];
            _idle.Clear();
        }

        foreach (var host in hosts)
        {
            await host.DisposeAsync();
        }

        _closing.Dispose();
        _places.Dispose();
    }

    private async Task<T> UseAsync<T>(Func<CompileHost, Task<T>> use, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        var host = Take();
        try
        {
            return await use(host);
        }
        finally
        {
            await GiveBackAsync(host);
            _places.Release();
        }
    }

    private CompileHost Take()
    {
        lock (_gate)
        {
            if (_idle.Find(host => host.IsWarm) is not { } found)
            {
                found = _idle.Count > 0 ? _idle[^1] : null;
            }

            if (found is null)
            {
                return make();
            }

            _idle.Remove(found);
            return found;
        }
    }

    private async Task GiveBackAsync(CompileHost host)
    {
        var stays = false;
        lock (_gate)
        {
            if (!_closing.IsCancellationRequested && _idle.Count < kept)
            {
                _idle.Add(host);
                stays = true;
                if (!host.IsWarm && _rewarming.IsCompleted)
                {
                    _rewarming = RewarmAsync(host);
                }
            }
        }

        if (!stays)
        {
            await host.DisposeAsync();
        }
    }

    // The next program need not pay for the one that killed its compiler.
    private async Task RewarmAsync(CompileHost host)
    {
        await Task.Yield();
        try
        {
            await host.WarmAsync(_closing.Token);
        }
        catch (Exception exception) when (exception is SandboxUnavailableException or OperationCanceledException)
        {
            // The next program tries again, and is told.
        }
    }
}
