using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using RolloutDashboard.Core.Alerts;
using RolloutDashboard.Core.Configuration;
using RolloutDashboard.Core.Evaluation;
using RolloutDashboard.Core.Monitoring.Champions;
using RolloutDashboard.Core.Monitoring.Headlines;
using RolloutDashboard.Core.Monitoring.Operations;
using RolloutDashboard.Core.Monitoring.Series;
using RolloutDashboard.Core.Monitoring.Stages;
using RolloutDashboard.Core.Nodes;
using RolloutDashboard.Core.Promotions;
using RolloutDashboard.Core.Rollbacks;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Monitoring.Live;

/// <summary>Reads everything that the live page shows, as of one moment.</summary>
public sealed class ReadLiveSnapshot(
    IDbContextFactory<RolloutDb> databases,
    JudgeGate judgeGate,
    ReadHealth readHealth,
    ReadHeadlineFacts readHeadline,
    JsonKillSwitch jsonSwitch,
    IOptions<StageOptions> stages,
    TimeProvider clock
)
{
    private const int ListLength = 20;

    /// <param name="window">What the charts cover; null for everything.</param>
    public async Task<LiveSnapshot> ExecuteAsync(TimeSpan? window, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var mark = judgeGate.Mark();
        await using var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var oneMoment = await db.BeginReadAsync(cancellationToken).ConfigureAwait(false);
        var rollout = await db.CurrentRolloutAsync(cancellationToken).ConfigureAwait(false);
        var judged = await judgeGate.ExecuteAsync(db, rollout, mark, cancellationToken).ConfigureAwait(false);
        return await SnapshotAsync(db, rollout, judged, window is { } span ? now - span : null, now, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <param name="from">Where the charts begin; null for the beginning.</param>
    private async Task<LiveSnapshot> SnapshotAsync(
        RolloutDb db,
        Rollout rollout,
        GateJudgement judged,
        DateTimeOffset? from,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var gradual = await ReadProcedures
            .LatestAsync(db, rollout.Id, Procedure.Gradual, cancellationToken)
            .ConfigureAwait(false);
        var drill = await ReadProcedures
            .LatestAsync(db, rollout.Id, Procedure.Drill, cancellationToken)
            .ConfigureAwait(false);
        return new LiveSnapshot(
            now,
            await HeadAsync(db, rollout, judged, gradual, cancellationToken).ConfigureAwait(false),
            await TimelineAsync(db, rollout, judged, cancellationToken).ConfigureAwait(false),
            judged.Report,
            Summarise(judged, GenerationMode.Json),
            Summarise(judged, GenerationMode.FullCode),
            Compare(judged, rollout.Stage),
            await ReadRolling.ExecuteAsync(db, rollout, now, cancellationToken).ConfigureAwait(false),
            await ReadSeries.ExecuteAsync(db, rollout.Id, from, now, cancellationToken).ConfigureAwait(false),
            await ReadMarks.ExecuteAsync(db, rollout.Id, from, cancellationToken).ConfigureAwait(false),
            await AlertsAsync(db, rollout, now, cancellationToken).ConfigureAwait(false),
            await ReadRecentEvents.ExecuteAsync(db, rollout, now, ListLength, cancellationToken).ConfigureAwait(false),
            await readHealth.ExecuteAsync(db, rollout, judged.Inputs, cancellationToken).ConfigureAwait(false),
            await DecisionsAsync(db, rollout, cancellationToken).ConfigureAwait(false),
            await ReadRollback.ExecuteAsync(db, rollout, cancellationToken).ConfigureAwait(false),
            await ReadChampion.ExecuteAsync(db, rollout.Id, cancellationToken).ConfigureAwait(false)
        )
        {
            Gradual = gradual is { IsRunning: true } || gradual?.EndedAt > now - ReadRolling.Window ? gradual : null,
            Drill = drill is { IsRunning: true } ? drill : null,
        };
    }

    private static ArmSummary Summarise(GateJudgement judged, GenerationMode mode) =>
        ArmFigures.Summarise(judged.Inputs.Rows, mode, judged.Evidence.Attempt(mode));

    private static ArmComparison Compare(GateJudgement judged, Stage stage) =>
        judged.Configuration.TrackModePerformance
            ? ArmFigures.Compare(
                judged.Evidence.Attempt(GenerationMode.Json),
                judged.Evidence.Attempt(GenerationMode.FullCode),
                stage
            )
            : new ArmComparison(null, null, false, "track_mode_performance is false, so the modes are not compared.");

    private async Task<RolloutHead> HeadAsync(
        RolloutDb db,
        Rollout rollout,
        GateJudgement judged,
        ProcedureView? gradual,
        CancellationToken cancellationToken
    )
    {
        var off = judged.Configuration.JsonModeEnabled ? jsonSwitch.WhyNot() : "json_mode_enabled is false";
        var facts = await readHeadline
            .ExecuteAsync(db, rollout, judged.Configuration, judged.Inputs, judged.Report, gradual, cancellationToken)
            .ConfigureAwait(false);
        return new RolloutHead(
            rollout.Id,
            rollout.Name,
            rollout.IsDemo,
            RolloutEnvironment.Production,
            rollout.Stage,
            rollout.Attempt,
            rollout.StateVersion,
            judged.ConfigurationNumber,
            facts.Loop,
            facts.LoopReason,
            off is null,
            off,
            judged.Report.Verdict,
            Headline.Of(facts)
        )
        {
            WhyNoPromotion = PromotionPreconditions.Lock(
                rollout.Phase,
                rollout.PhaseReason,
                off,
                gradual is { IsRunning: true }
            ) ?? PromotionPreconditions.GateWords(judged.Report),
            Override = await OverrideAsync(db, rollout, cancellationToken).ConfigureAwait(false),
        };
    }

    private static async Task<OverrideView?> OverrideAsync(
        RolloutDb db,
        Rollout rollout,
        CancellationToken cancellationToken
    ) =>
        await db
            .StageAttempts.Where(visit =>
                visit.RolloutId == rollout.Id && visit.Stage == rollout.Stage && visit.OverrideBy != null
            )
            .OrderByDescending(visit => visit.Id)
            .FirstOrDefaultAsync(cancellationToken)
            .ConfigureAwait(false)
            is { } visit
            ? ReadOperations.OverrideOf(visit)
            : null;

    private async Task<IReadOnlyList<StageEntry>> TimelineAsync(
        RolloutDb db,
        Rollout rollout,
        GateJudgement judged,
        CancellationToken cancellationToken
    )
    {
        var visits = await db
            .StageAttempts.Where(visit => visit.RolloutId == rollout.Id)
            .OrderBy(visit => visit.Id)
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);
        var counts = await db
            .HourBuckets.Where(bucket =>
                bucket.RolloutId == rollout.Id && bucket.Environment == RolloutEnvironment.Production
            )
            .GroupBy(bucket => new
            {
                bucket.Stage,
                bucket.Attempt,
                bucket.Mode,
            })
            .Select(group => new AttemptCount(
                group.Key.Stage,
                group.Key.Attempt,
                group.Key.Mode,
                group.Sum(bucket => bucket.Level0 + bucket.Level1 + bucket.Level2 + bucket.Level3)
            ))
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);
        return StageTimeline.Of(rollout, visits, counts, stages.Value, judged.Inputs, judged.Definition, judged.Report);
    }

    private static async Task<IReadOnlyList<AlertEntry>> AlertsAsync(
        RolloutDb db,
        Rollout rollout,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var recent = now - TimeSpan.FromHours(24);
        return await db
            .Alerts.Where(alert =>
                alert.RolloutId == rollout.Id
                && alert.Rule != AlertNames.SelfTest
                && (
                    alert.Phase == AlertPhase.Firing
                    || (alert.Phase == AlertPhase.Resolved && alert.ResolvedAt > recent)
                )
            )
            .OrderBy(alert => alert.Phase)
            .ThenByDescending(alert => alert.Severity)
            .ThenByDescending(alert => alert.Since)
            .Take(ListLength)
            .Select(alert => new AlertEntry(
                alert.Id,
                alert.Rule,
                alert.Severity,
                alert.Text,
                alert.FiredAt ?? alert.Since,
                alert.ResolvedAt,
                alert.AcknowledgedBy
            ))
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);
    }

    private static async Task<IReadOnlyList<DecisionEntry>> DecisionsAsync(
        RolloutDb db,
        Rollout rollout,
        CancellationToken cancellationToken
    ) =>
        await db
            .Decisions.Where(decision => decision.RolloutId == rollout.Id)
            .OrderByDescending(decision => decision.Sequence)
            .Take(ListLength)
            .Select(decision => new DecisionEntry(
                decision.Sequence,
                decision.At,
                decision.Kind,
                decision.Actor,
                decision.Text,
                decision.Reason
            ))
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);
}
