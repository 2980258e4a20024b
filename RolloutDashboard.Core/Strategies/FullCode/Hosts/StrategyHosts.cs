namespace RolloutDashboard.Core.Strategies.FullCode.Hosts;

/// <summary>The children of one isolation: warm ones that compile and fresh ones that run.</summary>
internal sealed class StrategyHosts : IAsyncDisposable
{
    private const int LargestCompileReply = 4 << 20;
    private const int SmallestRunReply = 8192;
    private const int MostKeptCompileHosts = 5;
    private static readonly TimeSpan s_spareDelay = TimeSpan.FromSeconds(12);

    private readonly CancellationTokenSource _closing = new();
    private readonly Task _spare;

    /// <param name="seams">Layers that tests leave out.</param>
    public StrategyHosts(
        Isolation isolation,
        ProcessStarter starter,
        SandboxOptions options,
        StrategyHostSeams seams,
        TimeProvider time
    )
    {
        Isolation = isolation;
        Compile = new CompileHostPool(
            token =>
                CompileHost.StartAsync(
                    () => StartAsync(HostStart.Compile(options), LargestCompileReply),
                    options.CompileTimeout,
                    time,
                    token
                ),
            options.CompileHosts,
            Math.Min(MostKeptCompileHosts, options.CompileHosts)
        );
        Run = new RunHostPool(() => StartAsync(HostStart.Run(options), SmallestRunReply), options.PoolSize);
        Run.Fill();
        _spare = AddSpareAsync(time);

        async Task<HostProcess> StartAsync(HostStart start, int largestReply)
        {
            var process = await starter.StartAsync(isolation.Command.Prepare(start with { LeftOut = seams.LeftOut }));
            return new HostProcess(process, largestReply, isolation.Command.Bubblewrap is not null, isolation.Layers);
        }
    }

    public Isolation Isolation { get; }

    public CompileHostPool Compile { get; }

    public RunHostPool Run { get; }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _spare;
        await Run.DisposeAsync();
        await Compile.DisposeAsync();
        _closing.Dispose();
    }

    // Not at once: a start has enough to do.
    private async Task AddSpareAsync(TimeProvider time)
    {
        await Task.Delay(s_spareDelay, time, _closing.Token)
            .ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        if (!_closing.IsCancellationRequested)
        {
            Compile.AddSpare();
        }
    }
}
