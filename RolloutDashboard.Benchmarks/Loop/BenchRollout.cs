using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using RolloutDashboard.Core.Backtesting;
using RolloutDashboard.Core.Iterations;
using RolloutDashboard.Core.Llm;
using RolloutDashboard.Core.Llm.Offline;
using RolloutDashboard.Core.Market;
using RolloutDashboard.Core.Rollouts;
using RolloutDashboard.Core.Rollouts.Procedures;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Strategies;
using RolloutDashboard.Core.Strategies.Json;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Benchmarks.Loop;

/// <summary>A rollout in a database file of its own, claimed from and recorded to as the loop does.</summary>
internal sealed class BenchRollout : IAsyncDisposable, IRolloutChanges, ILoopWait, IModelInUse, IDbContextFactory<RolloutDb>, IMarketSource
{
    private readonly DataDirectory _data = new(Directory.CreateTempSubdirectory("rollout-bench-").FullName);
    private readonly CurrentSession _session = new();
    private readonly ClaimIteration _claims;
    private readonly RecordWhenPossible _record;
    private readonly JsonSwitch _switch;
    private MarketPanel? _market;

    private BenchRollout()
    {
        _switch = new JsonSwitch(_data, TimeProvider.System);
        _claims = new ClaimIteration(this, _switch, new DrillSwitch(_data, TimeProvider.System), _session, new ClaimedNumbers(_data), this, Options.Create(RolloutOptions), TimeProvider.System);
        _record = new RecordWhenPossible(new RecordIteration(this, new CrownChampion(), _switch, this, TimeProvider.System), this, TimeProvider.System);
    }

    /// <summary>A bench has nothing to wait for; a full disk would show in its figures.</summary>
    public void Waits(string reason, DateTimeOffset? until = null)
    {
    }

    public ModelInUse ModelInUse { get; } = new("none", "none");

    private static RolloutOptions RolloutOptions { get; } = new() { Salt = "bench" };

    public static async Task<BenchRollout> OpenAsync()
    {
        var rollout = new BenchRollout();
        await using (var db = rollout.CreateDbContext())
        {
            await db.Database.MigrateAsync();
        }

        await new ProcessSessions(rollout, rollout._session, TimeProvider.System).OpenAsync("bench", CancellationToken.None);
        var transitions = new Transitions(rollout, new DecisionJournal(rollout._data), rollout, TimeProvider.System, NullLogger<Transitions>.Instance);
        await new OpenRollout(rollout, transitions, Options.Create(RolloutOptions), Options.Create(new StageOptions()), TimeProvider.System).ExecuteAsync(CancellationToken.None);
        return rollout;
    }

    /// <summary>The next iteration that the rollout assigns to JSON; the others stay claimed.</summary>
    public async Task<ClaimedIteration> ClaimJsonAsync()
    {
        while (true)
        {
            if (await _claims.ClaimAsync(RolloutEnvironment.Production, CancellationToken.None) is { AssignedMode: GenerationMode.Json } claim)
            {
                return claim;
            }
        }
    }

    public Task RecordAsync(ClaimedIteration claim, IterationOutcome outcome) => _record.FinishAsync(claim, outcome, CancellationToken.None);

    /// <summary>The loop's own pipeline for JSON iterations, asking the offline generator.</summary>
    public IterationPipeline Pipeline(MarketPanel market, string seed)
    {
        _market = market;
        var cache = new IndicatorCache();
        return new IterationPipeline(
            [new JsonGenerator(new OfflineGenerator(seed), cache, TimeProvider.System)], new MutationGenerator(cache, TimeProvider.System), new ReadArmMemory(this), _record,
            new CurrentMarket(this), _switch, new RunningIterations(), new BacktestSettings(), TimeProvider.System, NullLogger<IterationPipeline>.Instance);
    }

    public Task<LoadedMarket> LoadAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new LoadedMarket(_market!, new MarketDataReport(_market!.Name, [], 0)));

    public RolloutDb CreateDbContext()
    {
        var options = new DbContextOptionsBuilder<SqliteRolloutDb>();
        StorageServices.Configure(options, _data.Database);
        return new SqliteRolloutDb(options.Options);
    }

    public void Publish()
    {
    }

    public ValueTask DisposeAsync()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(Path.GetDirectoryName(_data.Database)!, recursive: true);
        return ValueTask.CompletedTask;
    }
}
