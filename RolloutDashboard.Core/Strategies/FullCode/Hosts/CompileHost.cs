using System.Text;
using RolloutDashboard.StrategyHost.Wire;

namespace RolloutDashboard.Core.Strategies.FullCode.Hosts;

/// <summary>One warm child that holds the compiler. Used by one at a time; of no more use once it hung, died or
/// lied.</summary>
internal sealed class CompileHost : IAsyncDisposable
{
    /// <summary>Programs that one child compiles before it is replaced; its limit of processor time is made for as
    /// many.</summary>
    public const int MostPrograms = 500;

    /// <summary>A cold compiler on a busy machine needs several seconds before it can take a program.</summary>
    private static readonly TimeSpan s_startTimeout = TimeSpan.FromSeconds(60);

    private readonly HostProcess _host;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _time;
    private int _programs;
    private bool _isSpent;

    private CompileHost(HostProcess host, TimeSpan timeout, TimeProvider time)
    {
        _host = host;
        _timeout = timeout;
        _time = time;
    }

    /// <summary>Whether it can take another program.</summary>
    public bool IsUsable => !_isSpent && _programs < MostPrograms && !_host.HasExited;

    /// <summary>Starts a child and waits until it is warm.</summary>
    /// <exception cref="SandboxUnavailableException">It did not start.</exception>
    public static async Task<CompileHost> StartAsync(
        Func<Task<HostProcess>> start,
        TimeSpan timeout,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var host = await start();
        using var limit = new CancellationTokenSource(s_startTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await host.ReadReadyAsync(either.Token);
            return new CompileHost(host, timeout, time);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await host.DisposeAsync();
            throw;
        }
        catch (Exception exception)
        {
            var (code, errors) = await host.EndAsync();
            await host.DisposeAsync();
            throw exception as SandboxUnavailableException
                ?? new SandboxUnavailableException(
                    $"The compile host did not start (exit code {code}): {errors}",
                    exception
                );
        }
    }

    /// <summary>Compiles one program.</summary>
    /// <exception cref="TimeoutException">The compiler took too long.</exception>
    /// <exception cref="IOException">The compiler died.</exception>
    /// <exception cref="InvalidDataException">The compiler answered nonsense.</exception>
    public async Task<CompileReply> CompileAsync(string source, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(_timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        _isSpent = true;
        _programs++;
        try
        {
            await _host.WriteAsync(FrameKind.Source, Encoding.UTF8.GetBytes(source), either.Token);
            var reply = CompileReply.From(await _host.ReadAsync(FrameKind.Compiled, either.Token));
            // A host that gave up ends itself.
            _isSpent = reply.Kind == GenerationFailureKinds.Timeout;
            return _isSpent ? throw new TimeoutException(reply.Message) : reply;
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"The compiler took longer than {_timeout.TotalSeconds:0.#} s.", exception);
        }
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();
}
