using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using RolloutDashboard.Core.Iterations;
using RolloutDashboard.Core.Recovery;
using RolloutDashboard.Core.Rollouts;
using RolloutDashboard.Core.Rollouts.Gates;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Tests.Support;

/// <summary>A rollout on a real SQLite file in a folder of its own, with the use cases that control it.</summary>
internal sealed class RolloutTrial : IDisposable, IRolloutChanges, IDbContextFactory<RolloutDb>
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rollout-trial-").FullName;
    private readonly CurrentSession _session = new();

    private RolloutTrial()
    {
        Data = new DataDirectory(_folder);
        Switch = new JsonSwitch(Data, Time);
        Journal = new DecisionJournal(Data);
        Transitions = new Transitions(this, Journal, this, Time, NullLogger<Transitions>.Instance);
        GateInputs = new ReadGateInputs(new ReadStageRows(new DatabaseGate(Time)), StageSettings, Options.Create(new GateOptions()), Options.Create(Settings), new ReadResourceUse(Data, Time), Time);
        Claims = new ClaimIteration(this, Switch, _session, new ClaimedNumbers(Data), new FixedModel(), Options.Create(Settings), Time);
        Stop = new StopJson(this, Transitions, Switch, Running, this, Time, NullLogger<StopJson>.Instance);
        Validate = new ValidateInStaging(this, Transitions, Running, Switch, this, StageSettings, Time);
        Preview = new PreviewPromotion(this, GateInputs, Switch, StageSettings);
        Resume = new Resume(this, Transitions, Switch, Time, NullLogger<Resume>.Instance);
        Change = new ChangeConfiguration(Transitions, Time);
        Halt = new HaltWhenDue(this, Transitions, GateInputs);
        ResolveHalt = new ResolveHalt(Transitions, Time);
    }

    /// <summary>The plan's gates without what no trial measures: evidence checks, and monitoring's own test alert.</summary>
    private static GateDefinition WithoutEvidenceChecks { get; } = GateDefinition.Default with
    {
        Stages = [.. GateDefinition.Default.Stages.Select(gate => gate with { Criteria = [.. gate.Criteria.Where(criterion => criterion.Key is not (CriterionKeys.Integrity or CriterionKeys.Monitoring))] })],
    };

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));

    public RolloutOptions Settings { get; } = new() { Salt = "trial", RequireStaging = true };

    public IOptions<StageOptions> StageSettings { get; } = Options.Create(new StageOptions());

    public DataDirectory Data { get; }

    public JsonSwitch Switch { get; }

    public DecisionJournal Journal { get; }

    public RunningIterations Running { get; } = new();

    public Transitions Transitions { get; }

    public ReadGateInputs GateInputs { get; }

    public ClaimIteration Claims { get; }

    public StopJson Stop { get; }

    public ValidateInStaging Validate { get; }

    public PreviewPromotion Preview { get; }

    public Resume Resume { get; }

    public ChangeConfiguration Change { get; }

    public HaltWhenDue Halt { get; }

    public ResolveHalt ResolveHalt { get; }

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<RolloutTrial> OpenAsync()
    {
        var trial = new RolloutTrial();
        await using (var db = trial.CreateDbContext())
        {
            await db.Database.MigrateAsync(Token);
        }

        await trial.PlaceGatesAsync();
        await new ProcessSessions(trial, trial._session, trial.Time).OpenAsync("trial", Token);
        await new OpenRollout(trial, trial.Transitions, Options.Create(trial.Settings), trial.StageSettings, trial.Time).ExecuteAsync(Token);
        return trial;
    }

    private async Task PlaceGatesAsync()
    {
        await using var db = CreateDbContext();
        db.GateDefinitionVersions.Add(new GateDefinitionVersion { RolloutId = 1, Number = 1, ValuesJson = JsonSerializer.Serialize(WithoutEvidenceChecks), CreatedAt = Time.GetUtcNow(), Actor = "trial", Reason = "trial" });
        await db.SaveChangesAsync(Token);
    }

    public Promote Promote(params IBeforePromotion[] before) => new(Transitions, Preview, before, StageSettings, Time, NullLogger<Promote>.Instance);

    public async Task<Rollout> RolloutAsync()
    {
        await using var db = CreateDbContext();
        return await db.Rollouts.SingleAsync(Token);
    }

    public async Task<StageConfiguration> ConfigurationAsync()
    {
        await using var db = CreateDbContext();
        var rollout = await db.Rollouts.SingleAsync(Token);
        return StageConfiguration.FromJson(await db.ConfigurationVersions.Where(row => row.Number == rollout.ConfigurationNumber).Select(row => row.ValuesJson).SingleAsync(Token));
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
    public async Task AddIterationsAsync(GenerationMode mode, int count, Func<int, SuccessLevel> level, RequestSource source = RequestSource.TemplateLibrary)
    {
        await using var db = CreateDbContext();
        var rollout = await db.Rollouts.SingleAsync(Token);
        var first = await db.Iterations.MaxAsync(row => (long?)row.Number, Token) ?? 0;
        for (var i = 0; i < count; i++)
        {
            var reached = level(i);
            db.Iterations.Add(new IterationRecord
            {
                RolloutId = rollout.Id,
                Number = first + i + 1,
                Stage = rollout.Stage,
                Attempt = rollout.Attempt,
                ConfigurationNumber = rollout.ConfigurationNumber,
                Segment = SegmentKey.Of(rollout.ConfigurationNumber, new FixedModel().ModelInUse),
                Source = source,
                AssignedMode = mode,
                EffectiveMode = mode,
                AssignmentReason = "trial",
                Status = IterationStatus.Finished,
                Level = reached,
                SharpeRatio = reached == SuccessLevel.Failed ? null : 0.6 + (i * 0.001),
                TotalReturn = 0.1,
                Fingerprint = $"{mode}-{first + i}",
                CacheLookups = 10,
                CacheHits = 10,
                ClaimedAt = Time.GetUtcNow(),
                EndedAt = Time.GetUtcNow(),
            });
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
            (row.Status, row.Level, row.EffectiveMode, row.EndedAt) = (IterationStatus.Finished, SuccessLevel.Profitable, row.AssignedMode, Time.GetUtcNow());
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

    public Task<StopJsonResult> RollBackAsync(string kind = "immediate") => Stop.ExecuteAsync(new StopJsonRequest(kind, "olga", "success fell", new { }));

    public RolloutDb CreateDbContext()
    {
        var options = new DbContextOptionsBuilder<SqliteRolloutDb>();
        StorageServices.Configure(options, Data.Database);
        return new SqliteRolloutDb(options.Options);
    }

    public void Publish()
    {
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }
}
