using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using RolloutDashboard.Core.Alerts;
using RolloutDashboard.Core.Configuration;
using RolloutDashboard.Core.Evaluation.GateVersions;
using RolloutDashboard.Core.Evaluation.Inputs;
using RolloutDashboard.Core.Gates;
using RolloutDashboard.Core.Gates.Inputs;
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
    ReadGateInputs readGateInputs,
    ReadHealth readHealth,
    ReadHeadlineFacts readHeadline,
    JsonKillSwitch jsonSwitch,
    IOptions<StageOptions> stages,
    TimeProvider clock
)
{
    private const int ListLength = 20;
    private static readonly TimeSpan RollingWindow = TimeSpan.FromHours(24);

    /// <param name="window">What the charts cover; null for everything.</param>
    public async Task<LiveSnapshot> ExecuteAsync(TimeSpan? window, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var oneMoment = await db
            .Database.BeginTransactionAsync(System.Data.IsolationLevel.ReadUncommitted, cancellationToken)
            .ConfigureAwait(false);
        var rollout = await db
            .Rollouts.OrderByDescending(row => row.Id)
            .FirstAsync(cancellationToken)
            .ConfigureAwait(false);
        var version = await db
            .ConfigurationVersions.SingleAsync(
                row => row.RolloutId == rollout.Id && row.Number == rollout.ConfigurationNumber,
                cancellationToken
            )
            .ConfigureAwait(false);
        var configuration = StageConfiguration.FromJson(version.ValuesJson);
        var inputs = await readGateInputs
            .ExecuteAsync(db, rollout, configuration, cancellationToken)
            .ConfigureAwait(false);
        var definition = await GateDefinitions.InForceAsync(db, rollout.Id, cancellationToken).ConfigureAwait(false);
        var evidence = new GateEvidence(definition, inputs);
        var gate = GateEvaluator.Evaluate(evidence);
        var (jsonArm, fullCodeArm) = (evidence.Attempt(GenerationMode.Json), evidence.Attempt(GenerationMode.FullCode));
        var json = ArmFigures.Summarise(inputs.Rows, GenerationMode.Json, jsonArm);
        var fullCode = ArmFigures.Summarise(inputs.Rows, GenerationMode.FullCode, fullCodeArm);
        var gradual = await ReadProcedures
            .LatestAsync(db, rollout.Id, Procedure.Gradual, cancellationToken)
            .ConfigureAwait(false);
        var drill = await ReadProcedures
            .LatestAsync(db, rollout.Id, Procedure.Drill, cancellationToken)
            .ConfigureAwait(false);
        return new LiveSnapshot(
            now,
            await HeadAsync(db, rollout, version, configuration, inputs, gate, gradual, cancellationToken)
                .ConfigureAwait(false),
            await TimelineAsync(db, rollout, inputs, definition, gate, cancellationToken).ConfigureAwait(false),
            gate,
            json,
            fullCode,
            configuration.TrackModePerformance
                ? ArmFigures.Compare(jsonArm, fullCodeArm, rollout.Stage)
                : new ArmComparison(
                    null,
                    null,
                    false,
                    "track_mode_performance is false, so the modes are not compared."
                ),
            await RollingAsync(db, rollout, now, cancellationToken).ConfigureAwait(false),
            await ReadSeries
                .ExecuteAsync(db, rollout.Id, window is { } span ? now - span : null, now, cancellationToken)
                .ConfigureAwait(false),
            await ReadMarks
                .ExecuteAsync(db, rollout.Id, window is { } back ? now - back : null, cancellationToken)
                .ConfigureAwait(false),
            await AlertsAsync(db, rollout, now, cancellationToken).ConfigureAwait(false),
            await EventsAsync(db, rollout, now, cancellationToken).ConfigureAwait(false),
            await readHealth.ExecuteAsync(db, rollout, inputs, cancellationToken).ConfigureAwait(false),
            await DecisionsAsync(db, rollout, cancellationToken).ConfigureAwait(false),
            await ReadRollback.ExecuteAsync(db, rollout, cancellationToken).ConfigureAwait(false),
            await ReadChampion.ExecuteAsync(db, rollout.Id, cancellationToken).ConfigureAwait(false)
        )
        {
            Gradual = gradual is { IsRunning: true } || gradual?.EndedAt > now - RollingWindow ? gradual : null,
            Drill = drill is { IsRunning: true } ? drill : null,
        };
    }

    private async Task<RolloutHead> HeadAsync(
        RolloutDb db,
        Rollout rollout,
        ConfigurationVersion version,
        StageConfiguration configuration,
        GateInputs inputs,
        GateReport gate,
        ProcedureView? gradual,
        CancellationToken cancellationToken
    )
    {
        var off = configuration.JsonModeEnabled ? jsonSwitch.WhyNot() : "json_mode_enabled is false";
        var facts = await readHeadline
            .ExecuteAsync(db, rollout, configuration, inputs, gate, gradual, cancellationToken)
            .ConfigureAwait(false);
        return new RolloutHead(
            rollout.Id,
            rollout.Name,
            rollout.IsDemo,
            RolloutEnvironment.Production,
            rollout.Stage,
            rollout.Attempt,
            rollout.StateVersion,
            version.Number,
            facts.Loop,
            facts.LoopReason,
            off is null,
            off,
            gate.Verdict,
            Headline.Of(facts)
        )
        {
            WhyNoPromotion = PromotionPreconditions.Lock(
                rollout.Phase,
                rollout.PhaseReason,
                off,
                gradual is { IsRunning: true }
            ) ?? PromotionPreconditions.GateWords(gate),
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
        GateInputs inputs,
        GateDefinition definition,
        GateReport gate,
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
        return StageTimeline.Of(rollout, visits, counts, stages.Value, inputs, definition, gate);
    }

    private static async Task<RollingFigures> RollingAsync(
        RolloutDb db,
        Rollout rollout,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var from = now - RollingWindow;
        var sums = await db
            .RollupBuckets.Where(bucket =>
                bucket.RolloutId == rollout.Id
                && bucket.Environment == RolloutEnvironment.Production
                && bucket.Minute >= from
            )
            .GroupBy(bucket => bucket.Mode)
            .Select(group => new
            {
                Mode = group.Key,
                Level0 = group.Sum(bucket => bucket.Level0),
                Level3 = group.Sum(bucket => bucket.Level3),
                Finished = group.Sum(bucket => bucket.Level0 + bucket.Level1 + bucket.Level2 + bucket.Level3),
            })
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);
        var recent = now - TimeSpan.FromMinutes(1);
        var lastMinute = await db
            .Iterations.CountAsync(
                row =>
                    row.RolloutId == rollout.Id
                    && row.Environment == RolloutEnvironment.Production
                    && row.EndedAt >= recent,
                cancellationToken
            )
            .ConfigureAwait(false);
        var json = sums.Find(sum => sum.Mode == GenerationMode.Json);
        var all = sums.Sum(sum => sum.Finished);
        return new RollingFigures(
            RollingWindow,
            json is { Finished: > 0 } ? (double)json.Level3 / json.Finished : null,
            json?.Finished ?? 0,
            all > 0 ? (double)sums.Sum(sum => sum.Level3) / all : null,
            all,
            json?.Finished ?? 0,
            all - (json?.Finished ?? 0),
            json is { Finished: > 0 } ? (double)json.Level0 / json.Finished : null,
            lastMinute
        );
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

    // What generated programs and answers did wrong stands beside what the system reports, newest first.
    private static async Task<IReadOnlyList<EventEntry>> EventsAsync(
        RolloutDb db,
        Rollout rollout,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var events = await db
            .Events.Where(entry => entry.RolloutId == rollout.Id)
            .OrderByDescending(entry => entry.Id)
            .Take(ListLength)
            .Select(entry => new EventEntry(
                entry.Id,
                entry.At,
                entry.Severity,
                entry.Source,
                entry.Text,
                entry.IterationNumber
            ))
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);
        var failures = await db
            .Iterations.Where(row =>
                row.RolloutId == rollout.Id
                && row.Environment == RolloutEnvironment.Production
                && row.EndedAt != null
                && row.FailureKind != null
            )
            .OrderByDescending(row => row.EndedAt)
            .Take(ListLength)
            .Select(row => new
            {
                row.Id,
                row.EndedAt,
                row.AssignedMode,
                row.FailureKind,
                row.FailureMessage,
                row.Number,
            })
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);
        var ofIterations = failures.Select(row => new EventEntry(
            -row.Id,
            row.EndedAt!.Value,
            AlertSeverity.Warning,
            row.AssignedMode == GenerationMode.Json ? "JSON" : "Full code",
            $"{row.FailureKind}: {FirstLine(row.FailureMessage)}",
            row.Number
        ));

        // Failing strategies are many; they must not push out that a provider went down an hour ago.
        var kept = events.Where(entry => entry.At > now - TimeSpan.FromHours(24)).Take(ListLength / 2).ToList();
        var others = events
            .Except(kept)
            .Concat(ofIterations)
            .OrderByDescending(entry => entry.At)
            .Take(ListLength - kept.Count);
        return [.. kept.Concat(others).OrderByDescending(entry => entry.At)];
    }

    private static string FirstLine(string? text) => text is null ? "" : text.Split('\n', 2)[0].Trim();

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
