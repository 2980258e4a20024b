using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using RolloutDashboard.Core.Alerts;
using RolloutDashboard.Core.Configuration;
using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Iterations;
using RolloutDashboard.Core.Notifications.Channels;
using RolloutDashboard.Core.Statistics;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Storage.Entities.Evidence;
using RolloutDashboard.Core.Time;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.Figures;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Evaluation.Inputs;

/// <summary>Reads what the current gate judges: the attempt's iterations and what monitoring knows beside
/// them.</summary>
public sealed class ReadGateInputs(
    ReadStageEvidence readStageRows,
    IOptions<StageOptions> stages,
    IOptions<GateOptions> gates,
    IOptions<RolloutOptions> rollouts,
    IResourceUse resourceUse,
    JudgementHealth judgementHealth,
    LifeSigns lifeSigns,
    TimeProvider clock
)
{
    public async Task<GateInputs> ExecuteAsync(
        RolloutDb db,
        Rollout rollout,
        StageConfiguration configuration,
        CancellationToken cancellationToken
    )
    {
        var now = clock.GetUtcNow();
        var rows = await readStageRows.ExecuteAsync(db, rollout, cancellationToken).ConfigureAwait(false);
        var minimumTime = stages.Value.For(rollout.Stage, rollout.IsDemo);
        return new GateInputs
        {
            Stage = rollout.Stage,
            Now = now,
            AttemptStartedAt = rollout.AttemptStartedAt,
            MinimumTime = minimumTime,
            ConfiguredShare = configuration.JsonModeProbability,
            Rows = rows.Attempt,
            EarlierRows = rows.Earlier,
            Facts = await FactsAsync(db, rollout, rows.Attempt, minimumTime, now, cancellationToken)
                .ConfigureAwait(false),
            IsDemo = rollout.IsDemo,
            RequireProof = gates.Value.RequireProof,
            ProofFor = ProofFor.Mode,
            RequireStaging = rollouts.Value.RequireStaging,
        };
    }

    private async Task<MonitoringFacts> FactsAsync(
        RolloutDb db,
        Rollout rollout,
        IReadOnlyList<EvidenceRow> attempt,
        TimeSpan minimumTime,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var sessions = await SessionFacts
            .ReadAsync(db, rollout.AttemptStartedAt, now, cancellationToken)
            .ConfigureAwait(false);
        var selfTestAt = await SelfTestAtAsync(db, rollout, cancellationToken).ConfigureAwait(false);
        var stoppedAfter = await StoppedAfterAsync(db, rollout, cancellationToken).ConfigureAwait(false);
        var (blocking, evidenceFault) = await FindingsAsync(db, rollout, now, cancellationToken).ConfigureAwait(false);
        return new MonitoringFacts
        {
            DataAt = await DataAtAsync(db, rollout, attempt, cancellationToken).ConfigureAwait(false),
            JudgementFault = judgementHealth.Fault
                ?? await RuleFaultAsync(db, rollout, cancellationToken).ConfigureAwait(false),
            HeartbeatAt = sessions.HeartbeatAt,
            DashboardTestAlertAt = selfTestAt,
            TestAlertAt = await TestAlertAtAsync(db, rollout, cancellationToken).ConfigureAwait(false),
            Feedback = await FeedbackFacts.ScoreAsync(db, rollout, cancellationToken).ConfigureAwait(false),
            SignOff = await FeedbackFacts.SignOffAsync(db, rollout, cancellationToken).ConfigureAwait(false),
            Crashes = sessions.Crashes.Count,
            Uptime = Uptime.Share(sessions.Alive, UptimeFrom(rollout, minimumTime, now), now),
            Resources = resourceUse.Read(),
            SwitchingErrors = stoppedAfter is { } last
                ? attempt.Count(row => row.AssignedMode == GenerationMode.Json && row.Number > last)
                : 0,
            StagingValidationPassed =
                rollout.Stage == Stage.FullProduction
                    ? null
                    : await ValidationPassedAsync(db, rollout, cancellationToken).ConfigureAwait(false),
            OpenBlockingFindings = blocking,
            EvidenceFault = evidenceFault,
            ComparisonReport = await HasReportAsync(db, rollout, cancellationToken).ConfigureAwait(false),
        };
    }

    private static Task<DateTimeOffset?> SelfTestAtAsync(
        RolloutDb db,
        Rollout rollout,
        CancellationToken cancellationToken
    ) =>
        db
            .Alerts.Where(alert => alert.RolloutId == rollout.Id && alert.Rule == AlertNames.SelfTest)
            .MaxAsync(alert => (DateTimeOffset?)alert.Since, cancellationToken);

    private static Task<DateTimeOffset?> TestAlertAtAsync(
        RolloutDb db,
        Rollout rollout,
        CancellationToken cancellationToken
    ) =>
        db
            .Notifications.Where(message =>
                message.RolloutId == rollout.Id && message.IsTest && message.Channel != DashboardChannel.ChannelName
            )
            .MaxAsync(message => message.SentAt, cancellationToken);

    private static Task<long?> StoppedAfterAsync(RolloutDb db, Rollout rollout, CancellationToken cancellationToken) =>
        db
            .Rollbacks.Where(rollback =>
                rollback.RolloutId == rollout.Id && rollback.RequestedAt > rollout.AttemptStartedAt
            )
            .MinAsync(rollback => (long?)rollback.LastNumberBefore, cancellationToken);

    private async Task<DateTimeOffset?> DataAtAsync(
        RolloutDb db,
        Rollout rollout,
        IReadOnlyList<EvidenceRow> attempt,
        CancellationToken cancellationToken
    )
    {
        var lastEnded = await db
            .Iterations.Where(row => row.RolloutId == rollout.Id && row.Environment == RolloutEnvironment.Production)
            .MaxAsync(row => row.EndedAt, cancellationToken)
            .ConfigureAwait(false);
        return lifeSigns.Read(
            $"data of {rollout.Id}, {rollout.Stage}, {rollout.Attempt}",
            attempt.Count(row => row.EndedAt is not null),
            lastEnded
        );
    }

    private Task<bool?> ValidationPassedAsync(RolloutDb db, Rollout rollout, CancellationToken cancellationToken) =>
        ReadStaging.PassedAsync(
            db,
            rollout.Id,
            rollout.Stage + 1,
            stages.Value.StartOf(rollout.Stage + 1),
            rollout.AttemptStartedAt,
            cancellationToken
        );

    private static Task<bool> HasReportAsync(RolloutDb db, Rollout rollout, CancellationToken cancellationToken) =>
        db.ComparisonReports.AnyAsync(
            report =>
                report.IsOfAttempt
                && report.RolloutId == rollout.Id
                && report.Stage == rollout.Stage
                && report.Attempt == rollout.Attempt,
            cancellationToken
        );

    // A rule that can't be evaluated watches over nothing, so monitoring does not work.
    private static Task<string?> RuleFaultAsync(RolloutDb db, Rollout rollout, CancellationToken cancellationToken) =>
        db
            .Alerts.Where(alert =>
                alert.RolloutId == rollout.Id
                && alert.IsCurrent
                && alert.Phase == AlertPhase.Firing
                && alert.Rule.StartsWith(AlertNames.RuleFault)
            )
            .OrderByDescending(alert => alert.Severity)
            .Select(alert => (string?)alert.Text)
            .FirstOrDefaultAsync(cancellationToken);

    // The last gate asks for the latest 30 days, as it does of the iterations; the others for the whole attempt.
    private static DateTimeOffset UptimeFrom(Rollout rollout, TimeSpan minimumTime, DateTimeOffset now) =>
        rollout.Stage == Stage.FullProduction
        && minimumTime > TimeSpan.Zero
        && now - minimumTime > rollout.AttemptStartedAt
            ? now - minimumTime
            : rollout.AttemptStartedAt;

    // Fails closed: checks that are missing, old, faulty or of another attempt answer nothing.
    private static async Task<(int? Blocking, string? Fault)> FindingsAsync(
        RolloutDb db,
        Rollout rollout,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var run = await db
            .EvidenceCheckRuns.SingleOrDefaultAsync(row => row.RolloutId == rollout.Id, cancellationToken)
            .ConfigureAwait(false);
        if (run is null || run.Stage != rollout.Stage || run.Attempt != rollout.Attempt)
        {
            return (null, null);
        }

        if (run.Fault is { } fault)
        {
            return (null, $"The evidence checks failed: {fault}");
        }

        if (now - run.At > EvidenceCheckRun.Life)
        {
            return (null, $"The evidence checks last ran more than {FigureFormatter.Days(EvidenceCheckRun.Life)} ago.");
        }

        return (
            await db
                .Findings.CountAsync(
                    finding =>
                        finding.RolloutId == rollout.Id
                        && finding.ClearedAt == null
                        && finding.DismissedAt == null
                        && finding.Severity == FindingSeverity.Blocking,
                    cancellationToken
                )
                .ConfigureAwait(false),
            null
        );
    }
}
