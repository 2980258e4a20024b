using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Storage.Entities.Evidence;

namespace RolloutDashboard.Core.Storage;

/// <summary>Keys, indexes and relations of the database's own tables, beside what EF finds by convention.</summary>
internal static class RolloutModel
{
    public static void Configure(ModelBuilder builder)
    {
        AddRollouts(builder);
        AddIterations(builder);
        AddLineages(builder);
        AddBuckets(builder);
        AddChampions(builder);
        AddDecisions(builder);
        AddProcedures(builder);
        AddEvidence(builder);
        AddAlerts(builder);
        AddFeedback(builder);
    }

    private static void AddRollouts(ModelBuilder builder)
    {
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
    }

    private static void AddIterations(ModelBuilder builder)
    {
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
            AddFiguresIndex(entity);
            entity.HasIndex(record => new { record.LineageId, record.LineagePosition }).IsUnique();
            entity.HasIndex(record => record.Status).HasFilter("\"Status\" = 0");
            entity
                .HasOne(record => record.Detail)
                .WithOne()
                .HasForeignKey<IterationDetail>(detail => detail.IterationId);
        });
        builder.Entity<IterationDetail>().HasKey(detail => detail.IterationId);
    }

    private static void AddLineages(ModelBuilder builder)
    {
        builder
            .Entity<Lineage>()
            .HasIndex(lineage => new
            {
                lineage.RolloutId,
                lineage.Environment,
                lineage.Mode,
                lineage.Ordinal,
            })
            .IsUnique();
        builder
            .Entity<Lineage>()
            .HasIndex(lineage => new { lineage.RolloutId, lineage.Environment })
            .HasFilter("\"ClosedAt\" IS NULL")
            .HasDatabaseName("IX_Lineages_Open");
    }

    // By end, with all that KPIs and analytics add up, so that a period of any length is read from the index
    // alone.
    private static void AddFiguresIndex(EntityTypeBuilder<IterationRecord> entity)
    {
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
    }

    private static void AddBuckets(ModelBuilder builder)
    {
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
    }

    private static void AddChampions(ModelBuilder builder)
    {
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
    }

    private static void AddDecisions(ModelBuilder builder)
    {
        builder.Entity<DecisionRecord>().HasKey(decision => decision.Sequence);
        builder.Entity<DecisionRecord>().Property(decision => decision.Sequence).ValueGeneratedNever();
        builder.Entity<ClockCorrection>().Property(correction => correction.By).HasConversion<long>();
        builder.Entity<ClockCorrection>().HasIndex(correction => correction.RolloutId);
    }

    private static void AddProcedures(ModelBuilder builder)
    {
        builder.Entity<Rollback>().HasQueryFilter(rollback => rollback.Kind != Rollback.Drill);
        builder.Entity<Rollback>().HasMany(rollback => rollback.Steps).WithOne().HasForeignKey(step => step.RollbackId);
        builder
            .Entity<Procedure>()
            .HasIndex(procedure => new { procedure.RolloutId, procedure.Kind })
            .HasFilter("\"State\" = 0")
            .IsUnique()
            .HasDatabaseName("IX_Procedures_OneRunning");
        builder.Entity<StagingRun>().HasIndex(run => new { run.RolloutId, run.State });
        builder
            .Entity<StagingRun>()
            .HasIndex(run => run.RolloutId)
            .HasFilter("\"State\" = 0")
            .IsUnique()
            .HasDatabaseName("IX_StagingRuns_OneRunning");
    }

    private static void AddEvidence(ModelBuilder builder)
    {
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
    }

    private static void AddAlerts(ModelBuilder builder)
    {
        builder
            .Entity<AlertRecord>()
            .HasIndex(alert => new
            {
                alert.RolloutId,
                alert.IsCurrent,
                alert.Rule,
            });
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
    }

    private static void AddFeedback(ModelBuilder builder)
    {
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
}
