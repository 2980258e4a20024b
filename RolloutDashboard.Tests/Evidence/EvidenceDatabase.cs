using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using RolloutDashboard.Core.Configuration;
using RolloutDashboard.Core.Decisions;
using RolloutDashboard.Core.Nodes;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Storage.Entities.Evidence;
using RolloutDashboard.Core.Storage.Files;
using RolloutDashboard.Core.Storage.Sqlite;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Evidence;

/// <summary>A database of its own with one rollout in stage 3.2 and iterations that a test adds.</summary>
internal sealed class EvidenceDatabase : IDbContextFactory<RolloutDb>, IRolloutChanges, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("evidence-").FullName;

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));

    public int Published { get; private set; }

    public Transitions Transitions =>
        new(this, new DecisionJournal(new DataDirectory(_folder)), this, Clock, NullLogger<Transitions>.Instance);

    public static async Task<EvidenceDatabase> OpenAsync()
    {
        var database = new EvidenceDatabase();
        await MigratedFile.MakeAsync(Path.Combine(database._folder, "test.db"), TestContext.Current.CancellationToken);
        await using var db = database.CreateDbContext();
        AddRollout(db, database.Clock.GetUtcNow());
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        return database;
    }

    public RolloutDb CreateDbContext() =>
        new SqliteRolloutDb(
            (DbContextOptions<SqliteRolloutDb>)
                StorageServices
                    .Configure(new DbContextOptionsBuilder<SqliteRolloutDb>(), Path.Combine(_folder, "test.db"))
                    .Options
        );

    public void Publish() => Published++;

    /// <summary>Adds healthy iterations in both modes in turn, each changed by the test.</summary>
    public async Task AddAsync(int count, Action<IterationRecord>? change = null)
    {
        await using var db = CreateDbContext();
        var counter = await db.IterationCounters.AsTracking().SingleAsync(TestContext.Current.CancellationToken);
        for (var i = 0; i < count; i++)
        {
            var record = Healthy(counter.Next++, Clock.GetUtcNow());
            change?.Invoke(record);
            db.Iterations.Add(record);
            Clock.Advance(TimeSpan.FromSeconds(1));
        }

        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
    }

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private static void AddRollout(RolloutDb db, DateTimeOffset now)
    {
        db.Rollouts.Add(
            new Rollout
            {
                Id = 1,
                Name = "Demo",
                IsDemo = true,
                Salt = "salt",
                Stage = Stage.Hybrid,
                Attempt = 1,
                ConfigurationNumber = 1,
                CreatedAt = now,
                StageStartedAt = now,
                AttemptStartedAt = now,
            }
        );
        db.ConfigurationVersions.Add(
            new ConfigurationVersion
            {
                RolloutId = 1,
                Number = 1,
                Stage = Stage.Hybrid,
                ValuesJson = StageConfiguration.For(Stage.Hybrid).ToJson(),
                CreatedAt = now,
                Actor = "system",
                Reason = "test",
            }
        );
        db.IterationCounters.Add(
            new IterationCounter
            {
                RolloutId = 1,
                Name = "Production",
                Next = 1,
            }
        );
    }

    private static IterationRecord Healthy(long number, DateTimeOffset at)
    {
        var mode = number % 2 == 0 ? GenerationMode.Json : GenerationMode.FullCode;
        var fails = number % 5 == 0;
        var sharpe = 0.1 + (number * 0.013);
        return new IterationRecord
        {
            RolloutId = 1,
            Environment = RolloutEnvironment.Production,
            Number = number,
            Stage = Stage.Hybrid,
            Attempt = 1,
            ConfigurationNumber = 1,
            AssignedMode = mode,
            EffectiveMode = mode,
            Segment = "1",
            AssignmentRule = AssignmentRule.Share,
            AssignmentReason = "drawn",
            Status = IterationStatus.Finished,
            Level = fails ? SuccessLevel.Failed : SuccessLevel.Profitable,
            ClaimedAt = at,
            EndedAt = at.AddMilliseconds(700),
            MarketDataVersion = "m1",
            EngineVersion = "1",
            MetricBasis = "cumulative",
            TemplateName = mode == GenerationMode.Json ? "Momentum" : null,
            ParametersJson = mode == GenerationMode.Json ? "{}" : null,
            Fingerprint = $"strategy-{number}",
            SharpeRatio = fails ? null : sharpe,
            TotalReturn = fails ? null : sharpe / 3,
            MaxDrawdown = fails ? null : -0.1,
            FailureKind = fails ? "run" : null,
            FailureSignature = fails ? $"error-{number % 15}" : null,
            Attempts = 1,
        };
    }
}
