using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Storage.Entities.Evidence;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Storage;

/// <summary>The database; one context per provider derives from it.</summary>
public abstract class RolloutDb : IdentityDbContext<DashboardUser>
{
    // No transaction here goes on after a failed save, and EF would log a savepoint's cancellation as a failure.
    protected RolloutDb(DbContextOptions options)
        : base(options) => Database.AutoSavepointsEnabled = false;

    public DbSet<Rollout> Rollouts => Set<Rollout>();

    public DbSet<ConfigurationVersion> ConfigurationVersions => Set<ConfigurationVersion>();

    public DbSet<GateDefinitionVersion> GateDefinitionVersions => Set<GateDefinitionVersion>();

    public DbSet<IterationCounter> IterationCounters => Set<IterationCounter>();

    public DbSet<StageAttempt> StageAttempts => Set<StageAttempt>();

    public DbSet<IterationRecord> Iterations => Set<IterationRecord>();

    public DbSet<IterationDetail> IterationDetails => Set<IterationDetail>();

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

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.Entity<Rollout>().Property(rollout => rollout.StateVersion).IsConcurrencyToken();
        builder
            .Entity<ConfigurationVersion>()
            .HasIndex(version => new { version.RolloutId, version.Number })
            .IsUnique();
        builder
            .Entity<GateDefinitionVersion>()
            .HasIndex(version => new { version.RolloutId, version.Number })
            .IsUnique();
        builder.Entity<IterationCounter>().HasKey(counter => new { counter.RolloutId, counter.Name });
        builder
            .Entity<StageAttempt>()
            .HasIndex(visit => new
            {
                visit.RolloutId,
                visit.Stage,
                visit.Attempt,
            })
            .IsUnique();
        builder.Entity<IterationRecord>(entity =>
        {
            entity.ToTable("Iterations");
            entity
                .HasIndex(record => new
                {
                    record.RolloutId,
                    record.Environment,
                    record.Number,
                })
                .IsUnique();
            entity.HasIndex(record => new
            {
                record.RolloutId,
                record.Environment,
                record.Stage,
                record.Attempt,
                record.Number,
            });

            // By end, with all that KPIs and analytics add up, so that a period of any length is read from the index
            // alone.
            entity
                .HasIndex(record => new
                {
                    record.RolloutId,
                    record.Environment,
                    record.EndedAt,
                    record.Kind,
                    record.Status,
                    record.AssignedMode,
                    record.Level,
                    record.TemplateName,
                    record.Fingerprint,
                    record.SharpeRatio,
                    record.TotalReturn,
                    record.CacheLookups,
                    record.CacheHits,
                    record.TotalMilliseconds,
                    record.EffectiveMode,
                })
                .HasDatabaseName("IX_Iterations_Figures");
            entity.HasIndex(record => record.Status).HasFilter("\"Status\" = 0");
            entity
                .HasOne(record => record.Detail)
                .WithOne()
                .HasForeignKey<IterationDetail>(detail => detail.IterationId);
        });
        builder.Entity<IterationDetail>().HasKey(detail => detail.IterationId);
        builder
            .Entity<HourBucket>()
            .HasKey(bucket => new
            {
                bucket.RolloutId,
                bucket.Environment,
                bucket.Hour,
                bucket.Stage,
                bucket.Attempt,
                bucket.Mode,
            });
        builder
            .Entity<RollupBucket>()
            .HasKey(bucket => new
            {
                bucket.RolloutId,
                bucket.Environment,
                bucket.Minute,
                bucket.Stage,
                bucket.Attempt,
                bucket.Mode,
            });
        builder
            .Entity<Champion>()
            .HasIndex(champion => new
            {
                champion.RolloutId,
                champion.Environment,
                champion.Scope,
                champion.Id,
            });
        builder.Entity<HoldOutLook>().HasIndex(look => look.IterationId);
        builder
            .Entity<HoldOutLook>()
            .HasIndex(look => new
            {
                look.RolloutId,
                look.Environment,
                look.Id,
            });
        builder.Entity<DecisionRecord>().HasKey(decision => decision.Sequence);
        builder.Entity<DecisionRecord>().Property(decision => decision.Sequence).ValueGeneratedNever();
        builder.Entity<Rollback>().HasQueryFilter(rollback => rollback.Kind != Rollback.Drill);
        builder.Entity<Rollback>().HasMany(rollback => rollback.Steps).WithOne().HasForeignKey(step => step.RollbackId);
        builder
            .Entity<Procedure>()
            .HasIndex(procedure => new { procedure.RolloutId, procedure.Kind })
            .HasFilter("\"State\" = 0")
            .IsUnique()
            .HasDatabaseName("IX_Procedures_OneRunning");
        builder.Entity<ClockCorrection>().Property(correction => correction.By).HasConversion<long>();
        builder.Entity<ClockCorrection>().HasIndex(correction => correction.RolloutId);
        builder
            .Entity<AlertRecord>()
            .HasIndex(alert => new
            {
                alert.RolloutId,
                alert.IsCurrent,
                alert.Rule,
            });
        builder.Entity<StagingRun>().HasIndex(run => new { run.RolloutId, run.State });
        builder
            .Entity<StagingRun>()
            .HasIndex(run => run.RolloutId)
            .HasFilter("\"State\" = 0")
            .IsUnique()
            .HasDatabaseName("IX_StagingRuns_OneRunning");
        builder.Entity<FindingRecord>().HasIndex(finding => new { finding.RolloutId, finding.ClearedAt });
        builder.Entity<EvidenceCheckRun>().HasKey(run => run.RolloutId);
        builder.Entity<EvidenceCheckRun>().Property(run => run.RolloutId).ValueGeneratedNever();
        builder
            .Entity<ComparisonReportRecord>()
            .HasIndex(report => new
            {
                report.RolloutId,
                report.Stage,
                report.Attempt,
            });
        builder.Entity<JudgementRecord>().HasIndex(judgement => new { judgement.RolloutId, judgement.Id });
        builder.Entity<EventRecord>().HasIndex(entry => new { entry.RolloutId, entry.At });
        builder.Entity<Notification>().HasIndex(message => message.Key).IsUnique();
        builder
            .Entity<Notification>()
            .HasIndex(message => new { message.RolloutId, message.SentAt })
            .HasFilter("\"IsTest\"")
            .HasDatabaseName("IX_Notifications_Tests");
        builder
            .Entity<Notification>()
            .HasIndex(message => new
            {
                message.Channel,
                message.SentAt,
                message.DueAt,
            });
        builder
            .Entity<FeedbackAnswer>()
            .HasIndex(answer => new
            {
                answer.RolloutId,
                answer.Stage,
                answer.UserId,
            });
        builder
            .Entity<BusinessSignOff>()
            .HasIndex(signOff => new
            {
                signOff.RolloutId,
                signOff.Stage,
                signOff.Attempt,
            });
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTicksConverter>();
    }
}
