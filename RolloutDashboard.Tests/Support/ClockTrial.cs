using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using RolloutDashboard.Core.Configuration;
using RolloutDashboard.Core.Evaluation;
using RolloutDashboard.Core.Iterations;
using RolloutDashboard.Core.Nodes;
using RolloutDashboard.Core.Recovery;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Time;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;
using RolloutDashboard.Hosting;

namespace RolloutDashboard.Tests.Support;

/// <summary>The product's own services on a machine whose clock tests set, one process after the other in one data
/// directory.</summary>
internal sealed class ClockTrial : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("clock-trial-").FullName;
    private ServiceProvider _services = null!;

    public SetClock Machine { get; } = new();

    public SteadyClock Clock => Service<SteadyClock>();

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>What the latest start found of the clock.</summary>
    public ClockCorrection? FoundAtStart { get; private set; }

    public static async Task<ClockTrial> OpenAsync()
    {
        var trial = new ClockTrial();
        await trial.StartAsync();
        await trial.Service<ControlLoop>().StartAsync("operator", Token);
        return trial;
    }

    public T Service<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public RolloutDb Db() => Service<IDbContextFactory<RolloutDb>>().CreateDbContext();

    /// <summary>Starts the next process, in the order of a real start.</summary>
    public async Task StartAsync()
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(
                new Dictionary<string, string?>
                {
                    ["Storage:DataDirectory"] = _folder,
                    ["Sandbox:HostPath"] = Path.Combine(AppContext.BaseDirectory, "RolloutDashboard.StrategyHost.dll"),
                    ["Llm:Budget:UsdPerDay"] = "5",
                }
            )
            .Build();
        var (settings, errors) = Settings.Read(configuration);
        Assert.Empty(errors);
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddDashboard(settings!, configuration);
        services.AddSingleton(new SteadyClock(Machine, () => TimeSpan.Zero));
        _services = services.BuildServiceProvider();
        await Service<MigrateDatabase>().ExecuteAsync(Path.Combine(_folder, "rollout.db"), Token);
        FoundAtStart = await Service<TakeMachineClock>().AtStartAsync(Token);
        await Service<ProcessSessions>().OpenAsync("test", Token);
        await Service<OpenRollout>().ExecuteAsync(Token);
    }

    /// <summary>Ends the process without a word, or with a clean stop.</summary>
    public async Task EndAsync(bool clean)
    {
        if (clean)
        {
            await Service<ProcessSessions>().CloseAsync(Token);
        }

        await _services.DisposeAsync();
        SqliteConnection.ClearAllPools();
    }

    public async Task<ClaimedIteration> ClaimAsync() =>
        await Service<IIterationClaims>().ClaimAsync(RolloutEnvironment.Production, Token)
        ?? throw new InvalidOperationException("The loop gave no iteration.");

    public async Task<ClaimedIteration> IterateAsync()
    {
        var claim = await ClaimAsync();
        Machine.Advance(TimeSpan.FromSeconds(1));
        await FinishAsync(claim);
        return claim;
    }

    public Task FinishAsync(ClaimedIteration claim) =>
        Service<RecordIteration>().FinishAsync(claim, Outcomes.Of(claim, 1, SuccessLevel.Profitable), Token);

    public Task JudgeAsync() => Service<EvaluateRollout>().ExecuteAsync((_, _, _) => Task.CompletedTask, Token);

    public Task<ClockCorrection?> TakeAsync() => Service<TakeMachineClock>().ExecuteAsync(Token);

    public async Task<IReadOnlyList<EventRecord>> EventsAsync()
    {
        await using var db = Db();
        return await db.Events.Where(one => one.Source == TakeMachineClock.Source).ToListAsync(Token);
    }

    public async Task<AlertPhase?> PhaseAsync(string rule)
    {
        await using var db = Db();
        return await db
            .Alerts.Where(one => one.Rule == rule && one.IsCurrent)
            .Select(one => (AlertPhase?)one.Phase)
            .SingleOrDefaultAsync(Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }
}
