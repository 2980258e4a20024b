using RolloutDashboard.Core.Market;
using RolloutDashboard.StrategyHost.Wire;

namespace RolloutDashboard.Core.Strategies.FullCode;

/// <summary>
/// Programs in child processes: warm children compile, a fresh one runs each program. Safe for concurrent use.
/// Whatever a program does to its child costs that one outcome.
/// </summary>
public sealed class ChildProcessStrategyHost : IStrategyHost, IAsyncDisposable
{
    private const int LargestCompileReply = 4 << 20;
    private const int SmallestRunReply = 8192;
    private const int IdleCompileHosts = 2;

    private readonly SandboxOptions _options;
    private readonly TimeProvider _time;
    private readonly ProcessStarter _starter = new();
    private readonly SemaphoreSlim _startTurn = new(1);
    private int _disposed;
    private CompileHostPool? _compileHosts;
    private RunHostPool? _pool;

    public ChildProcessStrategyHost(SandboxOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
    }

    public SandboxStatus Status { get; private set; } = new(false, "not started", "The strategy host has not been started yet.");

    /// <summary>Finds out which isolation works here and starts the children; called by the first use at the latest.</summary>
    /// <exception cref="SandboxUnavailableException">Programs can't run here, or not with the isolation that is required.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken);
        await _compileHosts!.WarmAsync(cancellationToken);
    }

    public async Task<CompileOutcome> CompileAsync(string source, CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken);
        var began = _time.GetTimestamp();
        try
        {
            return Outcome(await _compileHosts!.CompileAsync(source, cancellationToken), _time.GetElapsedTime(began));
        }
        catch (TimeoutException exception)
        {
            return Failed(new GenerationFailure(GenerationFailureKinds.Timeout, exception.Message, "time-out: compile"));
        }
        catch (InvalidDataException exception)
        {
            return Failed(new GenerationFailure(GenerationFailureKinds.BadOutput, $"The compile host's answer can't be used: {exception.Message}", "bad-output: compile host"));
        }
        catch (IOException)
        {
            return Failed(new GenerationFailure(GenerationFailureKinds.Compile, "The compiler gave up on this program.", "compile: compiler ended"));
        }

        CompileOutcome Failed(GenerationFailure failure) => new(null, failure, [], null, _time.GetElapsedTime(began));
    }

    public async Task<RunOutcome> RunAsync(CompiledStrategy strategy, MarketPanel market, CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken);
        var began = _time.GetTimestamp();
        await using var host = await _pool!.TakeAsync();
        using var limit = new CancellationTokenSource(_options.RunTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var plan = await StrategyRun.TalkAsync(host, strategy, market, _options.CpuSeconds, either.Token);
            return plan.Rebalances.Any(rebalance => rebalance.Picks.Length > 0)
                ? new RunOutcome(plan, null, _time.GetElapsedTime(began))
                : Failed(RunFailures.NoPositions);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Failed(RunFailures.TimedOut(_options.RunTimeout));
        }
        catch (ProgramFailedException exception)
        {
            return Failed(RunFailures.From(exception.Failure));
        }
        catch (InvalidDataException exception)
        {
            return Failed(RunFailures.BadOutput(exception.Message));
        }
        catch (IOException)
        {
            var (code, errors) = await host.EndAsync();
            return Failed(RunFailures.From(code, errors));
        }

        RunOutcome Failed(GenerationFailure failure) => new(null, RecordedText.Of(failure), _time.GetElapsedTime(began));
    }

    public async ValueTask DisposeAsync()
    {
        // A container that knows it under two types disposes it twice.
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        if (_pool is { } pool)
        {
            await pool.DisposeAsync();
        }

        if (_compileHosts is { } compileHosts)
        {
            await compileHosts.DisposeAsync();
        }

        _starter.Dispose();
        _startTurn.Dispose();
    }

    private static CompileOutcome Outcome(CompileReply reply, TimeSpan elapsed)
    {
        // The child bounds what it sends; what it says about a hostile program is still cut here.
        SourceDiagnostic[] diagnostics =
        [
            .. reply.Messages.Take(RecordedText.MostErrors).Select(message => new SourceDiagnostic(
                RecordedText.Cut(message.Code, RecordedText.LongestName), RecordedText.Cut(message.Text, RecordedText.LongestError), message.Line, message.Column)),
        ];
        return reply.Kind.Length > 0
            ? new CompileOutcome(null, RecordedText.Of(new GenerationFailure(reply.Kind, reply.Message, reply.Signature)), diagnostics, null, elapsed)
            : new CompileOutcome(new CompiledStrategy(reply.Assembly, reply.TypeName, [.. reply.Fields.Select(field => (MarketField)(int)field)]), null, diagnostics, reply.Fingerprint, elapsed);
    }

    private async Task PrepareAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _pool) is not null)
        {
            return;
        }

        await _startTurn.WaitAsync(cancellationToken);
        try
        {
            if (_pool is not null)
            {
                return;
            }

            var (status, command) = await IsolationProbe.RunAsync(_starter, _options, cancellationToken);
            Status = status;
            if (_options.Require && !status.IsFull)
            {
                throw new SandboxUnavailableException($"Sandbox:Require is true, but only {status.Name} is available: {status.Detail}");
            }

            _compileHosts = new CompileHostPool(
                () => new CompileHost(
                    async _ => new HostProcess(await _starter.StartAsync(command.Prepare("compile", _options.CompileMemoryMegabytes)), LargestCompileReply, status.IsFull),
                    _options.CompileTimeout,
                    _time),
                _options.CompileHosts,
                Math.Min(IdleCompileHosts, _options.CompileHosts));
            var pool = new RunHostPool(
                async () => new HostProcess(await _starter.StartAsync(command.Prepare("run", _options.MemoryMegabytes)), SmallestRunReply, status.IsFull),
                _options.PoolSize);
            pool.Fill();
            Volatile.Write(ref _pool, pool);
        }
        finally
        {
            _startTurn.Release();
        }
    }
}
