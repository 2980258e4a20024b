using System.Text;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using RolloutDashboard.Components.Iterations;
using RolloutDashboard.Core.Backtesting;
using RolloutDashboard.Core.Backtesting.Positions;
using RolloutDashboard.Core.Iterations;
using RolloutDashboard.Core.Llm;
using RolloutDashboard.Core.Market;
using RolloutDashboard.Core.Market.Indicators;
using RolloutDashboard.Core.Monitoring.IterationHistory;
using RolloutDashboard.Core.Storage.Entities.Evidence;
using RolloutDashboard.Core.Strategies;
using RolloutDashboard.Core.Strategies.FullCode;
using RolloutDashboard.Core.Strategies.FullCode.Hosts;
using RolloutDashboard.Core.Strategies.Json;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Tests.Strategies;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Llm.Providers;

/// <summary>The real pipeline on a real database, asking providers that the test plays; and the page that shows what
/// came of it.</summary>
internal sealed class PipelineBench : IAsyncDisposable, IMarketSource
{
    private readonly TestRollout _rollout;
    private readonly ChainBench _chain;
    private readonly CurrentMarket _market;
    private readonly BacktestSettings _settings = new();

    private PipelineBench(TestRollout rollout, ChainBench chain) =>
        (_rollout, _chain, _market) = (rollout, chain, new CurrentMarket(this));

    public ChainBench Chain => _chain;

    public static async Task<PipelineBench> OpenAsync(params ProviderOptions[] providers) =>
        new(await TestRollout.OpenAsync(), new ChainBench(providers));

    public TestRollout Rollout => _rollout;

    /// <summary>Whether programs can be compiled; what compiles runs to the same positions each time.</summary>
    public AnyProgram Programs { get; } = new();

    /// <summary>Runs one JSON iteration without a fallback to its record.</summary>
    public async Task<IterationRecord> RunAsync() => await RunAsync(await ClaimAsync(GenerationMode.Json));

    /// <summary>Runs an iteration to its record, waiting in it as long as it takes.</summary>
    public async Task<IterationRecord> RunAsync(ClaimedIteration claim, CancellationToken? stopping = null)
    {
        var wait = new IterationWait(_rollout, TestEngine.Trouble, new EagerTime());
        IStrategyGenerator[] generators =
        [
            new JsonGenerator(_chain.Chain, new IndicatorCache(), TimeProvider.System, wait),
            new FullCodeGenerator(_chain.Chain, Programs, "api", TimeProvider.System, wait),
        ];
        var pipeline = new IterationPipeline(
            new GenerateStrategy(
                generators,
                new MutationGenerator(new IndicatorCache(), TimeProvider.System),
                new ReadArmMemory(_rollout.Databases),
                wait
            ),
            new RecordWhenPossible(_rollout.Record, _rollout, TestEngine.Trouble, TimeProvider.System),
            _market,
            _rollout.Switch,
            _rollout.Running,
            _settings,
            TimeProvider.System,
            NullLogger<IterationPipeline>.Instance
        );
        try
        {
            await pipeline.RunAsync(claim, stopping ?? TestRollout.Token);
        }
        catch (OperationCanceledException) when (stopping is { IsCancellationRequested: true })
        {
            // The job would end now; the record says so.
        }

        return await _rollout.RowAsync(claim);
    }

    /// <summary>The next iteration of a mode, with the fallbacks as given.</summary>
    public async Task<ClaimedIteration> ClaimAsync(GenerationMode mode, bool fallback = false) =>
        await _rollout.ClaimUntilAsync(mode) with
        {
            FallbackToFullCode = fallback,
            PreferJsonMode = fallback,
        };

    /// <summary>What the iteration's page says.</summary>
    public async Task<string> PageAsync(IterationRecord record)
    {
        await using var page = new PageContext();
        page.Services.AddSingleton<IIterationQueries>(new IterationQueries(_rollout.Databases, _market, _settings));
        var rendered = page.Render<IterationPage>(parameters => parameters.Add(one => one.Number, record.Number));
        rendered.WaitForElement(".page-marks");
        return rendered.Markup;
    }

    /// <summary>Neither log, event, status nor any file of the data directory holds the key.</summary>
    public async Task AssertNoKeyAnywhereAsync(params string[] alsoShown)
    {
        _chain.AssertNoKeyAnywhere();
        Assert.All(alsoShown, shown => Assert.DoesNotContain(ChainBench.Key, shown, StringComparison.Ordinal));
        var key = Encoding.UTF8.GetBytes(ChainBench.Key);
        foreach (var file in Directory.EnumerateFiles(_rollout.Data.Path, "*", SearchOption.AllDirectories))
        {
            await using var stream = new FileStream(
                file,
                FileMode.Open,
                FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete
            );
            using var content = new MemoryStream();
            await stream.CopyToAsync(content, TestRollout.Token);
            Assert.True(content.GetBuffer().AsSpan(0, (int)content.Length).IndexOf(key) < 0, $"{file} holds the key.");
        }
    }

    Task<LoadedMarket> IMarketSource.LoadAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new LoadedMarket(Requests.Market(), new MarketDataReport("waves", [], 0)));

    /// <summary>Takes any program for sound.</summary>
    internal sealed class AnyProgram : IStrategyHost
    {
        private static readonly PositionPlan Plan = new(
            [.. Enumerable.Range(1, 300).Select(day => new Rebalance(day, [20, 21, 22]))],
            null,
            null
        );
        private int _made;

        /// <summary>How often the sandbox can't be had before it can.</summary>
        public int Missing { get; set; }

        public SandboxStatus Status => new(true, "scripted", "");

        public Task<CompileOutcome> CompileAsync(string source, CancellationToken cancellationToken) =>
            Missing-- > 0
                ? throw new SandboxUnavailableException("The compile host did not start.")
                : Task.FromResult(
                    new CompileOutcome(
                        new CompiledStrategy([], "A", []),
                        null,
                        [],
                        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"program {++_made}"),
                        TimeSpan.Zero
                    )
                );

        public Task<RunOutcome> RunAsync(
            CompiledStrategy strategy,
            MarketPanel market,
            CancellationToken cancellationToken
        ) => Task.FromResult(new RunOutcome(Plan, null, TimeSpan.Zero));
    }

    public async ValueTask DisposeAsync()
    {
        _chain.Dispose();
        _market.Dispose();
        await _rollout.DisposeAsync();
    }
}
