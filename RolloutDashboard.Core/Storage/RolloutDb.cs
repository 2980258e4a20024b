using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Storage.Entities.Evidence;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Storage;

/// <summary>The database; each engine derives a context from it.</summary>
public abstract class RolloutDb : IdentityDbContext<DashboardUser>
{
    // No transaction here goes on after a failed save, and EF would log a savepoint's cancellation as a failure.
    protected RolloutDb(DbContextOptions options)
        : base(options) => Database.AutoSavepointsEnabled = false;

    /// <summary>Whose database it is.</summary>
    internal abstract IDatabaseProvider Engine { get; }

    public DbSet<Rollout> Rollouts => Set<Rollout>();

    public DbSet<ConfigurationVersion> ConfigurationVersions => Set<ConfigurationVersion>();

    public DbSet<GateDefinitionVersion> GateDefinitionVersions => Set<GateDefinitionVersion>();

    public DbSet<IterationCounter> IterationCounters => Set<IterationCounter>();

    public DbSet<StageAttempt> StageAttempts => Set<StageAttempt>();

    public DbSet<IterationRecord> Iterations => Set<IterationRecord>();

    public DbSet<IterationDetail> IterationDetails => Set<IterationDetail>();

    public DbSet<Lineage> Lineages => Set<Lineage>();

    public DbSet<RollupBucket> RollupBuckets => Set<RollupBucket>();

    public DbSet<HourBucket> HourBuckets => Set<HourBucket>();

    public DbSet<Champion> Champions => Set<Champion>();

    public DbSet<HoldOutLook> HoldOutLooks => Set<HoldOutLook>();

    public DbSet<DecisionRecord> Decisions => Set<DecisionRecord>();

    /// <summary>Those of production; a query does not see those of drills.</summary>
    public DbSet<Rollback> Rollbacks => Set<Rollback>();

    /// <summary>The rollbacks of one environment: those of staging are drills.</summary>
    public IQueryable<Rollback> RollbacksIn(RolloutEnvironment environment)
    {
        var drills = environment == RolloutEnvironment.Staging;
        return Rollbacks.IgnoreQueryFilters().Where(rollback => (rollback.Kind == Rollback.Drill) == drills);
    }

    public DbSet<RollbackStep> RollbackSteps => Set<RollbackStep>();

    public DbSet<Procedure> Procedures => Set<Procedure>();

    public DbSet<StagingRun> StagingRuns => Set<StagingRun>();

    public DbSet<ProcessSession> ProcessSessions => Set<ProcessSession>();

    public DbSet<ClockCorrection> ClockCorrections => Set<ClockCorrection>();

    public DbSet<AlertRecord> Alerts => Set<AlertRecord>();

    public DbSet<EventRecord> Events => Set<EventRecord>();

    public DbSet<FindingRecord> Findings => Set<FindingRecord>();

    public DbSet<EvidenceCheckRun> EvidenceCheckRuns => Set<EvidenceCheckRun>();

    public DbSet<ComparisonReportRecord> ComparisonReports => Set<ComparisonReportRecord>();

    public DbSet<JudgementRecord> Judgements => Set<JudgementRecord>();

    public DbSet<Notification> Notifications => Set<Notification>();

    public DbSet<FeedbackAnswer> FeedbackAnswers => Set<FeedbackAnswer>();

    public DbSet<BusinessSignOff> BusinessSignOffs => Set<BusinessSignOff>();

    /// <inheritdoc cref="IDatabaseProvider.BeginReadAsync"/>
    public Task<IDbContextTransaction> BeginReadAsync(CancellationToken cancellationToken) =>
        Engine.BeginReadAsync(this, cancellationToken);

    /// <inheritdoc cref="IDatabaseProvider.BeginWriteAsync"/>
    public Task<IDbContextTransaction> BeginWriteAsync(CancellationToken cancellationToken = default) =>
        Engine.BeginWriteAsync(this, cancellationToken);

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        RolloutModel.Configure(builder);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTicksConverter>();
    }
}
