using System.Text;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using RolloutDashboard.Components.Pages;
using RolloutDashboard.Core.Backtesting;
using RolloutDashboard.Core.Iterations;
using RolloutDashboard.Core.Llm;
using RolloutDashboard.Core.Llm.Providers;
using RolloutDashboard.Core.Market;
using RolloutDashboard.Core.Monitoring;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Strategies;
using RolloutDashboard.Core.Strategies.Json;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Tests.Strategies;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Llm.Providers;

/// <summary>The real pipeline on a real database, asking providers that the test plays; and the page that shows what came of it.</summary>
internal sealed class PipelineBench : IAsyncDisposable, IMarketSource
{
    private readonly TestRollout _rollout;
    private readonly ChainBench _chain;
    private readonly CurrentMarket _market;
    private readonly BacktestSettings _settings = new();

    private PipelineBench(TestRollout rollout, ChainBench chain) => (_rollout, _chain, _market) = (rollout, chain, new CurrentMarket(this));

    public ChainBench Chain => _chain;

    public static async Task<PipelineBench> OpenAsync(params ProviderOptions[] providers) => new(await TestRollout.OpenAsync(), new ChainBench(providers));

    /// <summary>Runs one JSON iteration to its record.</summary>
    public async Task<IterationRecord> RunAsync()
    {
        IStrategyGenerator[] generators = [new JsonGenerator(_chain.Chain, new IndicatorCache(), TimeProvider.System)];
        var pipeline = new IterationPipeline(
            generators, new MutationGenerator(new IndicatorCache(), TimeProvider.System), new ReadArmMemory(_rollout.Databases), new RecordWhenPossible(_rollout.Record, _rollout, TimeProvider.System),
            _market, _rollout.Switch, _rollout.Running, _settings, TimeProvider.System, NullLogger<IterationPipeline>.Instance);
        var claim = await _rollout.ClaimUntilAsync(GenerationMode.Json) with { FallbackToFullCode = false };
        try
        {
            await pipeline.RunAsync(claim, TestRollout.Token);
        }
        catch (GenerationUnavailableException)
        {
            // The loop would wait now; the record says so.
        }

        return await _rollout.RowAsync(claim);
    }

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
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var content = new MemoryStream();
            await stream.CopyToAsync(content, TestRollout.Token);
            Assert.True(content.GetBuffer().AsSpan(0, (int)content.Length).IndexOf(key) < 0, $"{file} holds the key.");
        }
    }

    Task<LoadedMarket> IMarketSource.LoadAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new LoadedMarket(Requests.Market(), new MarketDataReport("waves", [], 0)));

    public async ValueTask DisposeAsync()
    {
        _chain.Dispose();
        _market.Dispose();
        await _rollout.DisposeAsync();
    }
}
