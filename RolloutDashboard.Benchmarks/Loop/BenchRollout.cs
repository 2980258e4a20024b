using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using RolloutDashboard.Core.Backtesting;
using RolloutDashboard.Core.Configuration;
using RolloutDashboard.Core.Decisions;
using RolloutDashboard.Core.Iterations;
using RolloutDashboard.Core.Llm;
using RolloutDashboard.Core.Llm.Offline;
using RolloutDashboard.Core.Market;
using RolloutDashboard.Core.Market.Indicators;
using RolloutDashboard.Core.Nodes;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Files;
using RolloutDashboard.Core.Storage.Sqlite;
using RolloutDashboard.Core.Strategies;
using RolloutDashboard.Core.Strategies.FullCode;
using RolloutDashboard.Core.Strategies.Json;
using RolloutDashboard.Core.Strategies.Templates;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Benchmarks.Loop;

/// <summary>A rollout in a database file of its own, claimed from and recorded to as the loop does.</summary>
internal sealed class BenchRollout
    : IAsyncDisposable,
        IRolloutChanges,
        ILoopWait,
        IModelInUse,
        IDbContextFactory<RolloutDb>,
        IMarketSource
{
    private readonly DataDirectory _data = new(Directory.CreateTempSubdirectory("rollout-bench-").FullName);
    private readonly CurrentSession _session = new();
    private readonly ClaimIteration _claims;
    private readonly RecordWhenPossible _record;
    private readonly JsonKillSwitch _switch;
    private readonly Transitions _transitions;
    private MarketPanel? _market;

    private BenchRollout()
    {
        _switch = new JsonKillSwitch(_data, TimeProvider.System);
        _claims = new ClaimIteration(
            this,
            _switch,
            new DrillSwitch(_data, TimeProvider.System),
            _session,
            new ClaimedNumbers(_data),
            this,
            Options.Create(RolloutOptions),
            TimeProvider.System
        );
        _record = new RecordWhenPossible(
            new RecordIteration(this, new CrownChampion(), _switch, this, TimeProvider.System),
            this,
            new StorageTrouble(SqliteProvider.Instance),
            TimeProvider.System
        );
        _transitions = new Transitions(
            this,
            new DecisionJournal(_data),
            this,
            TimeProvider.System,
            NullLogger<Transitions>.Instance
        );
    }

    /// <summary>A bench has nothing to wait for; a full disk would show in its figures.</summary>
    public void Waits(string reason, DateTimeOffset? until = null) { }

    /// <inheritdoc/>
    public IDisposable Hold(LoopWaitKind kind, string reason) => Nothing.Instance;

    public ModelInUse ModelInUse { get; } = new("none", "none");

    private static RolloutOptions RolloutOptions { get; } = new() { Salt = "bench" };

    public static async Task<BenchRollout> OpenAsync()
    {
        var rollout = new BenchRollout();
        DatabaseFile.Make(rollout._data.Database);
        await using (var db = rollout.CreateDbContext())
        {
            await db.Database.MigrateAsync();
        }

        await new ProcessSessions(rollout, rollout._session, TimeProvider.System).OpenAsync(
            "bench",
            CancellationToken.None
        );
        await new OpenRollout(
            rollout,
            rollout._transitions,
            Options.Create(RolloutOptions),
            Options.Create(new StageOptions()),
            TimeProvider.System
        ).ExecuteAsync(CancellationToken.None);
        return rollout;
    }

    /// <summary>Puts a flag in force for the iterations that follow.</summary>
    public async Task SetAsync(string flag, string value)
    {
        await using var db = CreateDbContext();
        var version = await db.Rollouts.Select(row => row.StateVersion).SingleAsync();
        var result = await new ChangeConfiguration(_transitions, TimeProvider.System).ExecuteAsync(
            new ChangeConfigurationRequest("bench", version, flag, value, "The next stage of the bench."),
            CancellationToken.None
        );
        if (!result.Succeeded)
        {
            throw new InvalidOperationException(result.Message);
        }
    }

    /// <summary>The next iteration, in the mode that the rollout assigns.</summary>
    public async Task<ClaimedIteration> ClaimAsync() =>
        await _claims.ClaimAsync(RolloutEnvironment.Production, worker: 0, CancellationToken.None)
        ?? throw new InvalidOperationException("The rollout wants no iteration.");

    /// <summary>The next iteration that the rollout assigns to JSON; the others stay claimed.</summary>
    public async Task<ClaimedIteration> ClaimJsonAsync()
    {
        while (true)
        {
            if (await ClaimAsync() is { AssignedMode: GenerationMode.Json } claim)
            {
                return claim;
            }
        }
    }

    public Task RecordAsync(ClaimedIteration claim, IterationOutcome outcome) =>
        _record.FinishAsync(claim, outcome, CancellationToken.None);

    /// <summary>The loop's own pipeline over a warm cache, asking the offline generator.</summary>
    public IterationPipeline Pipeline(MarketPanel market, string seed, IStrategyHost strategyHost)
    {
        _market = market;
        var cache = new IndicatorCache();
        new WarmIndicators(cache).Execute(
            market.FirstDays(new BacktestSettings().VisibleDays(market.DayCount)),
            CancellationToken.None
        );
        var model = new OfflineGenerator(seed);
        return new IterationPipeline(
            new GenerateStrategy(
                [
                    new JsonGenerator(model, cache, TimeProvider.System),
                    new FullCodeGenerator(model, strategyHost, StrategyApiDescription.Text, TimeProvider.System),
                ],
                new MutationGenerator(cache, TimeProvider.System),
                new ReadArmMemory(this),
                new IterationWait(this, new StorageTrouble(SqliteProvider.Instance), TimeProvider.System)
            ),
            _record,
            new CurrentMarket(this),
            _switch,
            new RunningIterations(),
            new BacktestSettings(),
            TimeProvider.System,
            NullLogger<IterationPipeline>.Instance
        );
    }

    public Task<LoadedMarket> LoadAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new LoadedMarket(_market!, new MarketDataReport(_market!.Name, [], 0)));

    public RolloutDb CreateDbContext()
    {
        var options = new DbContextOptionsBuilder<SqliteRolloutDb>();
        StorageServices.Configure(options, _data.Database);
        return new SqliteRolloutDb(options.Options);
    }

    public void Publish() { }

    private sealed class Nothing : IDisposable
    {
        public static readonly Nothing Instance = new();

        public void Dispose() { }
    }

    public ValueTask DisposeAsync()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(Path.GetDirectoryName(_data.Database)!, recursive: true);
        return ValueTask.CompletedTask;
    }
}
