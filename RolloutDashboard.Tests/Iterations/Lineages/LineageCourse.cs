using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;
using RolloutDashboard.Core.Backtesting;
using RolloutDashboard.Core.Iterations;
using RolloutDashboard.Core.Llm.Offline;
using RolloutDashboard.Core.Market;
using RolloutDashboard.Core.Market.Indicators;
using RolloutDashboard.Core.Storage.Entities.Evidence;
using RolloutDashboard.Core.Strategies;
using RolloutDashboard.Core.Strategies.FullCode;
using RolloutDashboard.Core.Strategies.Json;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Tests.Llm.Providers;
using RolloutDashboard.Tests.Strategies;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Iterations.Lineages;

/// <summary>The real pipeline and database with several workers at once, asking the offline generator.</summary>
internal sealed partial class LineageCourse : IAsyncDisposable, IMarketSource
{
    public const string Seed = "7";

    private readonly CurrentMarket _market;

    private LineageCourse(TestRollout rollout) => (Rollout, _market) = (rollout, new CurrentMarket(this));

    public TestRollout Rollout { get; }

    public NotingModel Model { get; } = new();

    public static async Task<LineageCourse> OpenAsync(int length)
    {
        var rollout = await TestRollout.OpenAsync(options => options.LineageLength = length);
        rollout.Model.ModelInUse = new(OfflineGenerator.ProviderName, OfflineGenerator.ModelName);
        return new LineageCourse(rollout);
    }

    /// <param name="iterations">Of each worker.</param>
    public Task RunAsync(int workers, int iterations)
    {
        IStrategyGenerator[] generators =
        [
            new JsonGenerator(Model, new IndicatorCache(), TimeProvider.System),
            new FullCodeGenerator(
                Model,
                new PipelineBench.AnyProgram(),
                StrategyApiDescription.Text,
                TimeProvider.System
            ),
        ];
        var pipeline = new IterationPipeline(
            new GenerateStrategy(
                generators,
                new MutationGenerator(new IndicatorCache(), TimeProvider.System),
                new ReadArmMemory(Rollout.Databases),
                new IterationWait(Rollout, TestEngine.Trouble, TimeProvider.System)
            ),
            new RecordWhenPossible(Rollout.Record, Rollout, TestEngine.Trouble, TimeProvider.System),
            _market,
            Rollout.Switch,
            Rollout.Running,
            new BacktestSettings(),
            TimeProvider.System,
            NullLogger<IterationPipeline>.Instance
        );
        return Task.WhenAll(
            Enumerable
                .Range(0, workers)
                .Select(worker => Task.Run(() => WorkAsync(pipeline, worker, iterations), TestRollout.Token))
        );
    }

    private async Task WorkAsync(IterationPipeline pipeline, int worker, int iterations)
    {
        for (var i = 0; i < iterations; i++)
        {
            var claim = await Rollout.Claims.ClaimAsync(RolloutEnvironment.Production, worker, TestRollout.Token);
            await pipeline.RunAsync(claim!, TestRollout.Token);
        }
    }

    public async Task<Dictionary<long, IterationRecord>> RowsAsync()
    {
        await using var db = Rollout.Db();
        return await db.Iterations.Include(row => row.Detail).ToDictionaryAsync(row => row.Number, TestRollout.Token);
    }

    Task<LoadedMarket> IMarketSource.LoadAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new LoadedMarket(Requests.Market(), new MarketDataReport("waves", [], 0)));

    public async ValueTask DisposeAsync()
    {
        Model.Dispose();
        _market.Dispose();
        await Rollout.DisposeAsync();
    }

    /// <summary>The offline generator, whose programs say which iteration made them.</summary>
    internal sealed partial class NotingModel : IChatClient
    {
        private readonly OfflineGenerator _inner = new(Seed);

        private readonly ConcurrentQueue<(string Prompt, string Answer)> _asked = [];

        /// <summary>What was asked, and what the generator itself answered.</summary>
        public IReadOnlyCollection<(string Prompt, string Answer)> Asked => _asked;

        public IEnumerable<string> Prompts => _asked.Select(one => one.Prompt);

        public async Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages,
            ChatOptions? options = null,
            CancellationToken cancellationToken = default
        )
        {
            var prompt = string.Join('\n', messages.Select(message => message.Text));
            var response = await _inner.GetResponseAsync(prompt, options, cancellationToken);
            _asked.Enqueue((prompt, response.Text));
            var number = Number().Match(prompt).Groups[1].Value;
            var marked = Earlier().Replace(response.Text, "");
            response.Messages =
            [
                new ChatMessage(
                    ChatRole.Assistant,
                    marked.Replace(
                        "public sealed class",
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"// made by iteration {number}\npublic sealed class"
                        ),
                        StringComparison.Ordinal
                    )
                ),
            ];
            return response;
        }

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages,
            ChatOptions? options = null,
            CancellationToken cancellationToken = default
        ) => throw new NotSupportedException();

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose() => _inner.Dispose();

        [GeneratedRegex(@"^iteration: (\d+)$", RegexOptions.Multiline)]
        private static partial Regex Number();

        [GeneratedRegex(@"// made by iteration \d+\n")]
        private static partial Regex Earlier();
    }
}
