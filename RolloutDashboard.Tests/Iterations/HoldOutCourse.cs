using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using RolloutDashboard.Core.Backtesting;
using RolloutDashboard.Core.Iterations;
using RolloutDashboard.Core.Llm;
using RolloutDashboard.Core.Market;
using RolloutDashboard.Core.Market.Indicators;
using RolloutDashboard.Core.Strategies;
using RolloutDashboard.Core.Strategies.FullCode;
using RolloutDashboard.Core.Strategies.FullCode.Hosts;
using RolloutDashboard.Core.Strategies.Json;
using RolloutDashboard.Tests.StrategyHost;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Iterations;

/// <summary>The real pipeline, sandbox and database over a market whose hold-out has one price, with programs that try
/// to tell it.</summary>
internal sealed class HoldOutCourse : IAsyncDisposable, IMarketSource, IStrategyHost, ILogger<IterationPipeline>
{
    public const int VisibleDays = 320;
    private const int Days = 400;
    private const int Stocks = 12;

    private const string Json = """
        {"reasoning": "Shorter momentum over the longer average keeps what rises and leaves what has turned.", "template": "PriceMomentum",
         "params": {"momentum_period": 20, "ma_periods": 60, "n_stocks": 5, "stop_loss": "none", "resample": "W"}}
        """;

    // By text, index, time, memory and a missing answer: all on days that nobody chooses by.
    private static readonly string[] Tells =
    [
        "if (market.Close(0) > 700) { throw new InvalidOperationException(\"seen\"); }",
        "if (market.Today >= 320) { scores[0] = market.Close((int)(market.Close(0) * 1000) + 1000); }",
        "if (market.Close(0) > 700) { while (true) { } }",
        "if (market.Close(0) > 700) { var all = new List<double[]>(); while (true) { all.Add(new double[100000]); } }",
        "if (market.Close(0) > 700) { scores.Fill(double.NaN); return; }",
        "if (market.Today >= 320) { throw new InvalidOperationException(\"late\"); }",
    ];

    private readonly IStrategyHost _host;
    private readonly CurrentMarket _market;
    private readonly MarketPanel _panel;
    private readonly BacktestSettings _settings = new();

    private HoldOutCourse(TestRollout rollout, IStrategyHost host, double secret)
    {
        (Rollout, _host, _market, _panel) = (rollout, host, new CurrentMarket(this), Market(secret));
        Model = new TellingModel();
    }

    public TestRollout Rollout { get; }

    public TellingModel Model { get; }

    public List<string> Logged { get; } = [];

    /// <summary>How long the markets were that programs ran over.</summary>
    public List<int> DayCounts { get; } = [];

    public List<string?> RunOutcomes { get; } = [];

    public static async Task<HoldOutCourse> OpenAsync(IStrategyHost host, double secret) =>
        new(await TestRollout.OpenAsync(), host, secret);

    public async Task RunAsync(int iterations)
    {
        IStrategyGenerator[] generators =
        [
            new JsonGenerator(Model, new IndicatorCache(), TimeProvider.System),
            new FullCodeGenerator(Model, this, StrategyApiDescription.Text, TimeProvider.System),
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
            _settings,
            TimeProvider.System,
            this
        );
        for (var i = 0; i < iterations; i++)
        {
            await pipeline.RunAsync(await Rollout.ClaimAsync(), TestRollout.Token);
        }
    }

    /// <summary>Measures the champions, until there is none left.</summary>
    public async Task MeasureAsync()
    {
        // The programs loop and eat memory there: short limits keep the test short.
        await using var host = new ChildProcessStrategyHost(
            Strategies.FullCode.StrategyHostFixture.Options with
            {
                RunTimeout = TimeSpan.FromSeconds(20),
                CpuSeconds = 2,
                MemoryMegabytes = 128,
                PoolSize = 0,
            },
            TimeProvider.System
        );
        var measure = new MeasureHoldOut(Rollout.Databases, _market, host, _settings, Rollout, TimeProvider.System);
        while (await measure.ExecuteAsync(TestRollout.Token)) { }
    }

    /// <summary>All that the records say but for times.</summary>
    public async Task<IReadOnlyList<string>> RecordsAsync()
    {
        await using var db = Rollout.Db();
        var rows = await db
            .Iterations.Include(row => row.Detail)
            .OrderBy(row => row.Number)
            .ToListAsync(TestRollout.Token);
        var champions = await db.Champions.OrderBy(row => row.Id).ToListAsync(TestRollout.Token);
        var events = await db.Events.OrderBy(row => row.Id).Select(row => row.Text).ToListAsync(TestRollout.Token);
        return
        [
            .. rows.Select(row =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{row.Number} {row.Status} {row.Level} {row.FailureKind} {row.FailureSignature} {row.FailureMessage} {row.SharpeRatio:R} {row.TotalReturn:R} {row.MaxDrawdown:R} {row.Exposure:R} {row.Trades} {row.Attempts} {row.CacheLookups} {row.ChampionUpdated} {row.ShownChampion} {row.Fingerprint} {row.Detail!.Code} {Convert.ToHexString(row.Detail.Equity ?? [])}"
                )
            ),
            .. champions.Select(row =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{row.Scope} {row.IterationNumber} {row.SharpeRatio:R} {row.DeflatedSharpe:R} {row.Trials} {row.CalmarRatio:R}"
                )
            ),
            .. events,
        ];
    }

    /// <summary>Files of the data directory, the database among them, that hold these bytes.</summary>
    public IReadOnlyList<string> FilesWith(byte[] bytes) =>
        [
            .. Directory
                .EnumerateFiles(Rollout.Data.Path, "*", SearchOption.AllDirectories)
                .Where(file => Read(file).AsSpan().IndexOf(bytes) >= 0),
        ];

    Task<LoadedMarket> IMarketSource.LoadAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new LoadedMarket(_panel, new MarketDataReport("planted", [], 0)));

    public SandboxStatus Status => _host.Status;

    public Task<CompileOutcome> CompileAsync(string source, CancellationToken cancellationToken) =>
        _host.CompileAsync(source, cancellationToken);

    public async Task<RunOutcome> RunAsync(
        CompiledStrategy strategy,
        MarketPanel market,
        CancellationToken cancellationToken
    )
    {
        DayCounts.Add(market.DayCount);
        var outcome = await _host.RunAsync(strategy, market, cancellationToken);
        RunOutcomes.Add(outcome.Failure?.Message);
        return outcome;
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    ) => Logged.Add($"{formatter(state, exception)} {exception}");

    public async ValueTask DisposeAsync()
    {
        _market.Dispose();
        Model.Dispose();
        await Rollout.DisposeAsync();
    }

    private static byte[] Read(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }

    // Visible days rise on waves; the hold-out stands at one price, give or take a twentieth from day to day.
    private static MarketPanel Market(double secret)
    {
        var close = new double[Days * Stocks];
        for (var day = 0; day < Days; day++)
        {
            for (var stock = 0; stock < Stocks; stock++)
            {
                close[(day * Stocks) + stock] =
                    day < VisibleDays
                        ? (20 + stock) * Math.Exp((0.002 * day) + (0.02 * Math.Sin((day + (5 * stock)) / 3.0)))
                        : secret * (1 + (0.05 * ((day + stock) % 3)));
            }
        }

        var first = new DateOnly(2021, 1, 4);
        DateOnly[] dates =
        [
            .. Enumerable
                .Range(0, 2 * Days)
                .Select(first.AddDays)
                .Where(date => date.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
                .Take(Days),
        ];
        return new MarketPanel(
            "planted",
            true,
            dates,
            [.. Enumerable.Range(0, Stocks).Select(stock => $"S{stock}")],
            new Dictionary<MarketField, double[]> { [MarketField.Close] = close }
        );
    }

    /// <summary>Answers with the next program that tells, or with parameters.</summary>
    internal sealed class TellingModel : IChatClient
    {
        private int _next;

        public List<string> Prompts { get; } = [];

        public Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages,
            ChatOptions? options = null,
            CancellationToken cancellationToken = default
        )
        {
            var prompt = string.Join('\n', messages.Select(message => message.Text));
            Prompts.Add(prompt);
            var answer = PromptSections.Read(prompt, PromptSections.StrategyApi) is null
                ? Json
                : $"```csharp\n{Program(Tells[_next++ % Tells.Length])}\n```";
            return Task.FromResult(
                new ChatResponse(new ChatMessage(ChatRole.Assistant, answer)) { ModelId = "telling-1" }
            );
        }

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages,
            ChatOptions? options = null,
            CancellationToken cancellationToken = default
        ) => throw new NotSupportedException();

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose() { }

        private static string Program(string tell) =>
            HostilePrograms.Program(
                null,
                $"{tell}\nfor (var s = 0; s < market.StockCount; s++) {{ scores[s] = market.Return(s, 20); }}"
            );
    }
}
