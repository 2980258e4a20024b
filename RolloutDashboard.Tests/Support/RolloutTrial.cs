using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using RolloutDashboard.Core.Configuration;
using RolloutDashboard.Core.Decisions;
using RolloutDashboard.Core.Evaluation;
using RolloutDashboard.Core.Evaluation.Inputs;
using RolloutDashboard.Core.Gates;
using RolloutDashboard.Core.Gates.Criteria;
using RolloutDashboard.Core.Iterations;
using RolloutDashboard.Core.Nodes;
using RolloutDashboard.Core.Nodes.Coordination;
using RolloutDashboard.Core.Promotions;
using RolloutDashboard.Core.Promotions.Staging;
using RolloutDashboard.Core.Recovery;
using RolloutDashboard.Core.Rollbacks;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Storage.Entities.Evidence;
using RolloutDashboard.Core.Storage.Files;
using RolloutDashboard.Core.Storage.Interceptors;
using RolloutDashboard.Core.Storage.Sqlite;
using RolloutDashboard.Core.Time;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;
using RolloutDashboard.Tests.Recovery;

namespace RolloutDashboard.Tests.Support;

/// <summary>A rollout on a real SQLite file in a folder of its own, with the use cases that control it.</summary>
internal sealed class RolloutTrial : IDisposable, IRolloutChanges, IStopSignal, IDbContextFactory<RolloutDb>
{
    private readonly string _folder;
    private readonly bool _ownsFolder;
    private readonly CurrentSession _session = new();

    private RolloutTrial(string? folder = null, FakeTimeProvider? time = null)
    {
        _ownsFolder = folder is null;
        _folder = folder ?? Directory.CreateTempSubdirectory("rollout-trial-").FullName;
        Time = time ?? new FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
        Data = new DataDirectory(_folder);
        Sessions = new ProcessSessions(this, _session, Time);
        Judgement = new JudgementHealth(Time);
        Switch = new JsonKillSwitch(Data, Time);
        Journal = new DecisionJournal(Data);
        Transitions = new Transitions(this, Journal, this, Time, NullLogger<Transitions>.Instance);
        GateInputs = NewGateInputs();
        Gate = new JudgeGate(GateInputs, Writes, new DatabaseAvailability(Time), Time);
        DrillSwitch = new DrillSwitch(Data, Time);
        Claims = new ClaimIteration(
            this,
            Switch,
            DrillSwitch,
            _session,
            new ClaimedNumbers(Data),
            new FixedModel(),
            Options.Create(Settings),
            Time
        );
        Stop = new StopJson(this, Transitions, Switch, DrillSwitch, Running, this, Time, NullLogger<StopJson>.Instance);
        Gradual = new RollBackGradually(this, Transitions, Switch, this, Time);
        StartDrill = new StartDrill(Transitions, DrillSwitch, Switch, Time);
        Drill = NewDrill();
        Validate = new ValidateInStaging(this, Transitions, Running, Switch, StageSettings, Time);
        Preview = new PreviewPromotion(this, Gate, Switch, StageSettings);
        Resume = new Resume(this, Transitions, Switch, Time, NullLogger<Resume>.Instance);
        Change = new ChangeConfiguration(Transitions, Time);
        Halt = new HaltPromotion(this, Transitions, Gate, Time);
        ResolveHalt = new ResolveHalt(Transitions, Time);
    }

    private ReadGateInputs NewGateInputs() =>
        new(
            new ReadStageEvidence(new DatabaseAvailability(Time)),
            StageSettings,
            Options.Create(new GateOptions()),
            Options.Create(Settings),
            new ModestUse(),
            Judgement,
            new LifeSigns(Time),
            Time
        );

    /// <summary>The plan's gates without what no trial measures: evidence checks, and monitoring's own test
    /// alert.</summary>
    private static GateDefinition WithoutEvidenceChecks { get; } =
        GateDefinition.Default with
        {
            Stages =
            [
                .. GateDefinition.Default.Stages.Select(gate =>
                    gate with
                    {
                        Criteria =
                        [
                            .. gate.Criteria.Select(criterion =>
                                criterion with
                                {
                                    Enabled = criterion.Key is not (IntegrityCriterion.Key or MonitoringCriterion.Key),
                                }
                            ),
                        ],
                    }
                ),
            ],
        };

    public FakeTimeProvider Time { get; }

    public ProcessSessions Sessions { get; }

    public RolloutOptions Settings { get; } = new() { Salt = "trial", RequireStaging = true };

    public IOptions<StageOptions> StageSettings { get; } = Options.Create(new StageOptions());

    public DataDirectory Data { get; }

    public JsonKillSwitch Switch { get; }

    public DecisionJournal Journal { get; }

    public JudgementHealth Judgement { get; }

    public RunningIterations Running { get; } = new();

    public Transitions Transitions { get; }

    public ReadGateInputs GateInputs { get; }

    public WriteCount Writes { get; } = new();

    public JudgeGate Gate { get; }

    public ClaimIteration Claims { get; }

    public StopJson Stop { get; }

    public ValidateInStaging Validate { get; }

    public RollBackGradually Gradual { get; }

    public DrillSwitch DrillSwitch { get; }

    public StartDrill StartDrill { get; }

    public FollowDrill Drill { get; }

    public ScriptedDrillNotice DrillNotice { get; } = new();

    /// <summary>A drill's use case as another process would have it.</summary>
    public FollowDrill NewDrill() =>
        new(
            this,
            Stop,
            new VerifyRollback(this, DrillNotice, this, Time),
            new EndDrill(Transitions, DrillSwitch, Time),
            Running,
            DrillNotice,
            this,
            Time
        );

    public PreviewPromotion Preview { get; }

    public Resume Resume { get; }

    public ChangeConfiguration Change { get; }

    public HaltPromotion Halt { get; }

    public ResolveHalt ResolveHalt { get; }

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <param name="running">Whether the loop is wished to run, also where the rollout is no demo.</param>
    /// <param name="gates">Default: the plan's, without what no trial measures.</param>
    public static async Task<RolloutTrial> OpenAsync(
        Action<RolloutOptions>? options = null,
        bool running = false,
        GateDefinition? gates = null
    )
    {
        var trial = new RolloutTrial();
        options?.Invoke(trial.Settings);
        await MigratedFile.MakeAsync(trial.Data.Database, Token);
        await trial.PlaceGatesAsync(gates ?? WithoutEvidenceChecks);
        await trial.Sessions.OpenAsync("trial", Token);
        await new OpenRollout(
            trial,
            trial.Transitions,
            Options.Create(trial.Settings),
            trial.StageSettings,
            trial.Time
        ).ExecuteAsync(Token);
        if (running)
        {
            await trial.PlaceAsync((_, rollout) => rollout.DesiredLoopState = DesiredLoopState.Running);
        }

        return trial;
    }

    /// <summary>The next process on the same folder and clock, after this one was killed: as a start does it, up to the
    /// first judgement.</summary>
    /// <param name="spoil">Whether the database file is damaged in between.</param>
    public async Task<RolloutTrial> NextProcessAsync(bool spoil = false)
    {
        if (spoil)
        {
            RecoveryHouse.Spoil(Data.Database);
        }

        SqliteConnection.ClearAllPools();
        var next = new RolloutTrial(_folder, Time);
        (next.Settings.Demo, next.Settings.Name) = (Settings.Demo, Settings.Name);
        await using var recovery = next.Recovery();
        await recovery.GetRequiredService<RecoverAtStart>().ExecuteAsync(Token);
        await recovery.GetRequiredService<ReconcileDecisionLog>().ExecuteAsync(Token);
        await next.Sessions.OpenAsync("trial", Token);
        await new MarkOrphanedIterationsLost(next, Time).ExecuteAsync(next._session.Id, Token);
        return next;
    }

    public async Task BackUpAsync()
    {
        await using var recovery = Recovery();
        await recovery.GetRequiredService<BackUpDatabase>().ExecuteAsync("scheduled", Token);
    }

    private ServiceProvider Recovery()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<TimeProvider>(new HurriedTime(Time));
        services.AddSingleton(Data);
        services.AddSingleton(new DiskSpace(Data, 0));
        services.AddSingleton(Options.Create(new BackupOptions()));
        services.AddSingleton(Options.Create(Settings));
        services.AddSingleton(StageSettings);
        services.AddRolloutStorage(Data.Database);
        services.AddSingleton(Journal);
        services.AddSingleton(_session);
        services.AddSingleton<ProcessSessions>();
        services.AddSingleton<MigrateDatabase>();
        services.AddSingleton(Transitions);
        services.AddSingleton(Switch);
        services.AddSingleton<IJsonKillSwitch>(Switch);
        services.AddSingleton(Running);
        services.AddSingleton(Stop);
        services.AddSingleton<IRolloutChanges>(this);
        services.AddSingleton<IStopSignal>(this);
        services.AddDatabaseRecovery();
        return services.BuildServiceProvider();
    }

    /// <summary>The heartbeats since the last one, as a process that is alive gives them.</summary>
    public async Task BeatOnAsync()
    {
        await using var db = CreateDbContext();
        _session.LastBeatAt = Time.GetUtcNow();
        await db
            .ProcessSessions.Where(row => row.Id == _session.Id)
            .ExecuteUpdateAsync(row => row.SetProperty(one => one.LastHeartbeatAt, _session.LastBeatAt), Token);
    }

    private async Task PlaceGatesAsync(GateDefinition gates)
    {
        await using var db = CreateDbContext();
        db.GateDefinitionVersions.Add(
            new GateDefinitionVersion
            {
                RolloutId = 1,
                Number = 1,
                ValuesJson = JsonSerializer.Serialize(gates),
                CreatedAt = Time.GetUtcNow(),
                Actor = "trial",
                Reason = "trial",
            }
        );
        await db.SaveChangesAsync(Token);
    }

    /// <summary>A trial that stands in a stage without the way there.</summary>
    public static async Task<RolloutTrial> InStageAsync(
        Stage stage,
        StageConfiguration? configuration = null,
        Action<RolloutOptions>? options = null,
        bool running = false
    )
    {
        var trial = await OpenAsync(options, running);
        await trial.PlaceAsync(
            (db, rollout) =>
            {
                rollout.Stage = stage;
                db.ConfigurationVersions.Add(
                    new ConfigurationVersion
                    {
                        RolloutId = rollout.Id,
                        Number = 2,
                        Stage = stage,
                        ValuesJson = (configuration ?? StageConfiguration.For(stage)).ToJson(),
                        CreatedAt = trial.Time.GetUtcNow(),
                        Actor = "system",
                        Reason = "trial",
                    }
                );
                rollout.ConfigurationNumber = 2;
                db.StageAttempts.Add(
                    new StageAttempt
                    {
                        RolloutId = rollout.Id,
                        Stage = stage,
                        Attempt = 1,
                        StartedAt = trial.Time.GetUtcNow(),
                    }
                );
            }
        );
        return trial;
    }

    public Promote Promote(params IBeforePromotion[] before) =>
        new(Transitions, Preview, before, StageSettings, Time, NullLogger<Promote>.Instance);

    public async Task<Rollout> RolloutAsync()
    {
        await using var db = CreateDbContext();
        return await db.Rollouts.SingleAsync(Token);
    }

    public async Task<StageConfiguration> ConfigurationAsync()
    {
        await using var db = CreateDbContext();
        var rollout = await db.Rollouts.SingleAsync(Token);
        return StageConfiguration.FromJson(
            await db
                .ConfigurationVersions.Where(row => row.Number == rollout.ConfigurationNumber)
                .Select(row => row.ValuesJson)
                .SingleAsync(Token)
        );
    }

    public async Task<IReadOnlyList<string>> DecisionsAsync()
    {
        await using var db = CreateDbContext();
        return await db.Decisions.OrderBy(row => row.Sequence).Select(row => row.Kind).ToListAsync(Token);
    }

    /// <summary>Puts the rollout somewhere without the way there.</summary>
    public async Task PlaceAsync(Action<RolloutDb, Rollout> place)
    {
        await using var db = CreateDbContext();
        var rollout = await db.Rollouts.AsTracking().SingleAsync(Token);
        place(db, rollout);
        await db.SaveChangesAsync(Token);
    }

    /// <summary>Adds ended production iterations of the current stage and attempt.</summary>
    public async Task AddIterationsAsync(
        GenerationMode mode,
        int count,
        Func<int, SuccessLevel> level,
        RequestSource source = RequestSource.TemplateLibrary
    )
    {
        await using var db = CreateDbContext();
        var rollout = await db.Rollouts.SingleAsync(Token);
        var first = await db.Iterations.MaxAsync(row => (long?)row.Number, Token) ?? 0;
        for (var i = 0; i < count; i++)
        {
            var reached = level(i);
            var record = Ended(rollout, mode, reached);
            record.Number = first + i + 1;
            record.Source = source;
            record.SharpeRatio = reached == SuccessLevel.Failed ? null : 0.6 + (i * 0.001);
            record.Fingerprint = $"{mode}-{first + i}";
            db.Iterations.Add(record);
        }

        await db.SaveChangesAsync(Token);
    }

    /// <summary>Ends a staging run: claims and finishes its iterations, each as told.</summary>
    /// <param name="end">Gets each claimed row to end it; null finishes it at Level 3 in its assigned mode.</param>
    public async Task RunStagingAsync(Action<IterationRecord>? end = null)
    {
        while (await Claims.ClaimAsync(RolloutEnvironment.Staging, Token) is { } claim)
        {
            await using var db = CreateDbContext();
            var row = await db.Iterations.AsTracking().SingleAsync(one => one.Id == claim.Id, Token);
            (row.Status, row.Level, row.EffectiveMode, row.EndedAt) = (
                IterationStatus.Finished,
                SuccessLevel.Profitable,
                row.AssignedMode,
                Time.GetUtcNow()
            );
            end?.Invoke(row);
            await db.SaveChangesAsync(Token);
        }

        await Validate.ConcludeAsync(Token);
    }

    public async Task<StagingRun> LatestRunAsync()
    {
        await using var db = CreateDbContext();
        return await db.StagingRuns.OrderByDescending(run => run.Id).FirstAsync(Token);
    }

    public Task<StopJsonResult> RollBackAsync(string kind = "immediate") =>
        Stop.ExecuteAsync(new StopJsonRequest(kind, "olga", "success fell", new { }));

    public RolloutDb CreateDbContext()
    {
        var options = new DbContextOptionsBuilder<SqliteRolloutDb>();
        StorageServices.Configure(options, Data.Database).AddInterceptors(Writes);
        return new SqliteRolloutDb(options.Options);
    }

    private IterationRecord Ended(Rollout rollout, GenerationMode mode, SuccessLevel reached) =>
        new()
        {
            RolloutId = rollout.Id,
            Stage = rollout.Stage,
            Attempt = rollout.Attempt,
            ConfigurationNumber = rollout.ConfigurationNumber,
            Segment = SegmentKey.Of(rollout.ConfigurationNumber, new FixedModel().ModelInUse),
            AssignedMode = mode,
            EffectiveMode = mode,
            AssignmentReason = "trial",
            Status = IterationStatus.Finished,
            Level = reached,
            TotalReturn = 0.1,
            CacheLookups = 10,
            CacheHits = 10,
            ClaimedAt = Time.GetUtcNow(),
            EndedAt = Time.GetUtcNow(),
        };

    /// <summary>Environments of the stops that told the process of their end, in order.</summary>
    public IList<RolloutEnvironment> EndedStops { get; } = [];

    public void Publish() { }

    public void Changed() { }

    public void Ends(RolloutEnvironment environment) => EndedStops.Add(environment);

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        if (_ownsFolder)
        {
            Directory.Delete(_folder, recursive: true);
        }
    }
}
