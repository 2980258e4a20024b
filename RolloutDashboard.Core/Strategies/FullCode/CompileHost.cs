using System.Text;
using RolloutDashboard.StrategyHost.Wire;

namespace RolloutDashboard.Core.Strategies.FullCode;

/// <summary>One warm child that holds the compiler; replaced when it hangs, dies or lies.</summary>
internal sealed class CompileHost(Func<CancellationToken, Task<HostProcess>> start, TimeSpan timeout, TimeProvider time) : IAsyncDisposable
{
    /// <summary>A cold compiler on a busy machine needs several seconds before it can take a program.</summary>
    private static readonly TimeSpan s_startTimeout = TimeSpan.FromSeconds(60);

    private readonly SemaphoreSlim _turn = new(1);
    private HostProcess? _host;

    /// <summary>Whether a child stands ready.</summary>
    public bool IsWarm => _host is { HasExited: false };

    /// <summary>Starts the child if there is none, so that the first program finds it warm.</summary>
    public async Task WarmAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await WarmHostAsync(cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Compiles one program.</summary>
    /// <exception cref="TimeoutException">The compiler took too long and was killed.</exception>
    /// <exception cref="IOException">The compiler died.</exception>
    /// <exception cref="InvalidDataException">The compiler answered nonsense and was killed.</exception>
    public async Task<CompileReply> CompileAsync(string source, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var host = await WarmHostAsync(cancellationToken);
            using var limit = new CancellationTokenSource(timeout, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
            var isDone = false;
            try
            {
                await host.WriteAsync(FrameKind.Source, Encoding.UTF8.GetBytes(source), either.Token);
                var reply = CompileReply.From(await host.ReadAsync(FrameKind.Compiled, either.Token));
                isDone = true;
                return reply;
            }
            catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
            {
                throw new TimeoutException($"The compiler took longer than {timeout.TotalSeconds:0.#} s.", exception);
            }
            finally
            {
                if (!isDone)
                {
                    _host = null;
                    await host.DisposeAsync();
                }
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is { } host)
        {
            await host.DisposeAsync();
        }

        _turn.Dispose();
    }

    private async Task<HostProcess> WarmHostAsync(CancellationToken cancellationToken)
    {
        if (_host is { HasExited: false } warm)
        {
            return warm;
        }

        if (_host is { } dead)
        {
            _host = null;
            await dead.DisposeAsync();
        }

        var host = await start(cancellationToken);
        using var limit = new CancellationTokenSource(s_startTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await host.ReadAsync(FrameKind.Ready, either.Token);
            return _host = host;
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            var (code, errors) = await host.EndAsync();
            await host.DisposeAsync();
            throw new SandboxUnavailableException($"The compile host did not start (exit code {code}): {errors}", exception);
        }
        catch (OperationCanceledException)
        {
            await host.DisposeAsync();
            throw;
        }
    }
}
