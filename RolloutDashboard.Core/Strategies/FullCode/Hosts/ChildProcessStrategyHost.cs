using RolloutDashboard.Core.Market;
using RolloutDashboard.StrategyHost.Wire;

namespace RolloutDashboard.Core.Strategies.FullCode.Hosts;

/// <summary>
/// Programs in child processes: warm children compile, a fresh one runs each program. Safe for concurrent use.
/// Whatever a program does to its child costs that one outcome.
/// </summary>
public sealed class ChildProcessStrategyHost : IStrategyHost, IAsyncDisposable
{
    /// <summary>How long a weaker isolation is used before the stronger one is tried again.</summary>
    public static readonly TimeSpan RetryAfter = TimeSpan.FromMinutes(5);

    /// <summary>A busy machine takes seconds to start a process.</summary>
    private static readonly TimeSpan s_startTimeout = TimeSpan.FromSeconds(60);

    private readonly SandboxOptions _options;
    private readonly TimeProvider _time;
    private readonly StrategyHostSeams _seams;
    private readonly Action<SandboxStatus> _report;
    private readonly ProcessStarter _starter;
    private readonly SemaphoreSlim _startTurn = new(1);
    private int _disposed;
    private long _triedAt;
    private StrategyHosts? _hosts;

    /// <param name="report">Told of each isolation that is taken in place of another, the first one included; null for
    /// nobody.</param>
    public ChildProcessStrategyHost(SandboxOptions options, TimeProvider time, Action<SandboxStatus>? report = null)
        : this(options, time, new StrategyHostSeams(), report) { }

    internal ChildProcessStrategyHost(
        SandboxOptions options,
        TimeProvider time,
        StrategyHostSeams seams,
        Action<SandboxStatus>? report = null
    )
    {
        _options = options;
        _time = time;
        _seams = seams;
        _report = report ?? (_ => { });
        _starter = new ProcessStarter(seams.HandsOverDescriptors);
    }

    public SandboxStatus Status { get; private set; } = SandboxStatus.NotStarted;

    /// <summary>Finds out which isolation works here and starts the children; called by the first use at the
    /// latest.</summary>
    /// <exception cref="SandboxUnavailableException">Programs can't run here, or not with the isolation that is
    /// required.</exception>
    public async Task StartAsync(CancellationToken cancellationToken) =>
        await (await PrepareAsync(cancellationToken)).Compile.WarmAsync(cancellationToken);

    public async Task<CompileOutcome> CompileAsync(string source, CancellationToken cancellationToken)
    {
        var began = _time.GetTimestamp();
        try
        {
            var reply = await WithHostsAsync(
                hosts => hosts.Compile.CompileAsync(source, cancellationToken),
                cancellationToken
            );
            return Outcome(reply, _time.GetElapsedTime(began));
        }
        catch (TimeoutException exception)
        {
            return Failed(
                new GenerationFailure(GenerationFailureKinds.Timeout, exception.Message, "time-out: compile")
            );
        }
        catch (InvalidDataException exception)
        {
            return Failed(
                new GenerationFailure(
                    GenerationFailureKinds.BadOutput,
                    $"The compile host's answer can't be used: {exception.Message}",
                    "bad-output: compile host"
                )
            );
        }
        catch (IOException)
        {
            return Failed(
                new GenerationFailure(
                    GenerationFailureKinds.Compile,
                    "The compiler gave up on this program.",
                    "compile: compiler ended"
                )
            );
        }

        CompileOutcome Failed(GenerationFailure failure) => new(null, failure, [], null, _time.GetElapsedTime(began));
    }

    public async Task<RunOutcome> RunAsync(
        CompiledStrategy strategy,
        MarketPanel market,
        CancellationToken cancellationToken
    )
    {
        var began = _time.GetTimestamp();
        await using var host = await WithHostsAsync(
            hosts => TakeReadyAsync(hosts, cancellationToken),
            cancellationToken
        );
        using var limit = new CancellationTokenSource(_options.RunTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var plan = await StrategyRun.TalkAsync(host, strategy, market, either.Token);
            return plan.Rebalances.Any(rebalance => rebalance.Picks.Length > 0)
                ? new RunOutcome(plan, null, _time.GetElapsedTime(began))
                : FailedRun(RunFailures.NoPositions, began);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return FailedRun(RunFailures.TimedOut(_options.RunTimeout), began);
        }
        catch (ProgramFailedException exception)
        {
            return FailedRun(RunFailures.From(exception.Failure), began);
        }
        catch (InvalidDataException exception)
        {
            return FailedRun(RunFailures.BadOutput(exception.Message), began);
        }
        catch (IOException)
        {
            var (code, errors) = await host.EndAsync();
            return FailedRun(RunFailures.From(code, errors), began);
        }
    }

    private RunOutcome FailedRun(GenerationFailure failure, long began) =>
        new(null, RecordedText.Of(failure), _time.GetElapsedTime(began));

    public async ValueTask DisposeAsync()
    {
        // A container that knows it under two types disposes it twice.
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        await _startTurn.WaitAsync();
        if (_hosts is { } hosts)
        {
            await hosts.DisposeAsync();
        }

        _starter.Dispose();
        _startTurn.Dispose();
    }

    private static CompileOutcome Outcome(CompileReply reply, TimeSpan elapsed)
    {
        // The child bounds what it sends; what it says about a hostile program is still cut here.
        SourceDiagnostic[] diagnostics =
        [
            .. reply
                .Messages.Take(RecordedText.MostErrors)
                .Select(message => new SourceDiagnostic(
                    RecordedText.Cut(message.Code, RecordedText.LongestName),
                    RecordedText.Cut(message.Text, RecordedText.LongestError),
                    message.Line,
                    message.Column
                )),
        ];
        return reply.Kind.Length > 0
            ? new CompileOutcome(
                null,
                RecordedText.Of(new GenerationFailure(reply.Kind, reply.Message, reply.Signature)),
                diagnostics,
                null,
                elapsed
            )
            : new CompileOutcome(
                new CompiledStrategy(
                    reply.Assembly,
                    reply.TypeName,
                    [.. reply.Fields.Select(field => (MarketField)(int)field)]
                ),
                null,
                diagnostics,
                reply.Fingerprint,
                elapsed
            );
    }

    // A host that does not get ready is no fault of a program: it has not been sent yet.
    private async Task<HostProcess> TakeReadyAsync(StrategyHosts hosts, CancellationToken cancellationToken)
    {
        var host = await hosts.Run.TakeAsync();
        using var limit = new CancellationTokenSource(s_startTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await host.ReadReadyAsync(either.Token);
            return host;
        }
        catch (Exception exception)
            when (exception is IOException or InvalidDataException or OperationCanceledException
                && !cancellationToken.IsCancellationRequested
            )
        {
            var (code, errors) = await host.EndAsync();
            await host.DisposeAsync();
            throw new SandboxUnavailableException(
                $"A run host did not start (exit code {code}): {errors.Trim()}",
                exception
            );
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Uses the children; if they can't be started any more, finds out anew what works here, and tries once
    /// more.</summary>
    private async Task<T> WithHostsAsync<T>(Func<StrategyHosts, Task<T>> use, CancellationToken cancellationToken)
    {
        var hosts = await PrepareAsync(cancellationToken);
        try
        {
            return await use(hosts);
        }
        catch (Exception exception)
            when (exception is SandboxUnavailableException
                || (exception is ObjectDisposedException && !ReferenceEquals(hosts, _hosts))
            )
        {
            return await use(await PrepareAsync(cancellationToken, failed: hosts));
        }
    }

    /// <param name="failed">Children that could not be started any more.</param>
    private async Task<StrategyHosts> PrepareAsync(CancellationToken cancellationToken, StrategyHosts? failed = null)
    {
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        if (
            Volatile.Read(ref _hosts) is { } hosts
            && hosts != failed
            && (hosts.Isolation.Status.IsFull || !MayTryAgain())
        )
        {
            return hosts;
        }

        await _startTurn.WaitAsync(cancellationToken);
        try
        {
            if (_hosts is { } current && current != failed && (current.Isolation.Status.IsFull || !MayTryAgain()))
            {
                return current;
            }

            return await ReplaceAsync(failed, cancellationToken);
        }
        finally
        {
            _startTurn.Release();
        }
    }

    private bool MayTryAgain() =>
        _options.UseBubblewrap && _time.GetElapsedTime(Volatile.Read(ref _triedAt)) >= RetryAfter;

    private async Task<StrategyHosts> ReplaceAsync(StrategyHosts? failed, CancellationToken cancellationToken)
    {
        var old = _hosts;
        var isolation = await new IsolationProbe(_starter, _options, _seams).RunAsync(cancellationToken);
        Volatile.Write(ref _triedAt, _time.GetTimestamp());
        var isChanged = old is null || old.Isolation.Status != isolation.Status;
        Status = isolation.Status;
        if (isChanged)
        {
            _report(isolation.Status);
        }

        if (_options.Require && !isolation.Status.IsFull)
        {
            throw new SandboxUnavailableException(
                $"Sandbox:Require is true, but only {Status.Name} is available: {Status.Detail}"
            );
        }

        if (old is not null && !isChanged && old != failed)
        {
            return old;
        }

        var hosts = new StrategyHosts(isolation, _starter, _options, _seams, _time);
        Volatile.Write(ref _hosts, hosts);
        if (old is not null)
        {
            await old.DisposeAsync();
        }

        return hosts;
    }
}
