using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using RolloutDashboard.Background;
using RolloutDashboard.Core.Configuration;
using RolloutDashboard.Core.Decisions;
using RolloutDashboard.Core.Evidence;
using RolloutDashboard.Core.Evidence.Findings;
using RolloutDashboard.Core.Nodes;
using RolloutDashboard.Core.Promotions;
using RolloutDashboard.Core.Promotions.Staging;
using RolloutDashboard.Core.Recovery;
using RolloutDashboard.Core.Recovery.Restores;
using RolloutDashboard.Core.Rollbacks;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Storage.Files;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;
using RolloutDashboard.Jobs;

namespace RolloutDashboard.Tests.Recovery.Exercise;

/// <summary>
/// Inside the server's own process, does what people do, two at a time and without a pause: promotes, rolls back,
/// resumes, backs up, restores, changes flags. Only what takes a rollout weeks is cut short: passed validations are
/// written down, and stage 3.4 is followed by 3.1.
/// </summary>
internal sealed class Exerciser(
    IDbContextFactory<RolloutDb> databases,
    DataDirectory data,
    Transitions transitions,
    StopJson stopJson,
    Resume resume,
    PreviewPromotion previewPromotion,
    Promote promote,
    ChangeConfiguration changeConfiguration,
    BackUpDatabase backUpDatabase,
    RestoreWhileRunning restore,
    CheckEvidence checkEvidence,
    DismissFinding dismissFinding,
    JsonKillSwitch jsonSwitch,
    LoopWorkers workers,
    IOptions<StageOptions> stages,
    TimeProvider clock
) : BackgroundService
{
    private const string Actor = "exerciser";
    private readonly ExerciseLog _log = new(data);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!File.Exists(_log.Go))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), clock, stoppingToken);
        }

        await Task.WhenAll(KeepActingAsync(stoppingToken), KeepActingAsync(stoppingToken));
    }

    private async Task KeepActingAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await ActAsync(stoppingToken);
            await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(1, 20)), clock, stoppingToken);
        }
    }

    private async Task ActAsync(CancellationToken cancellationToken)
    {
        var (id, kind) = (Guid.NewGuid().ToString("N"), "look");
        try
        {
            var rollout = await RolloutAsync(cancellationToken);
            kind = Choose(rollout);
            _log.Add(new ExerciseLine(id, kind, null, null));
            var (succeeded, message) = await DoAsync(kind, $"exercise {id}", rollout, cancellationToken);
            _log.Add(new ExerciseLine(id, kind, succeeded, message));
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            _log.Add(
                new ExerciseLine(id, kind, false, $"{exception.GetType().Name}: {exception.GetBaseException().Message}")
            );
        }
    }

    private string Choose(Rollout rollout)
    {
        string[] kinds =
            rollout.Phase == RolloutPhase.RolledBack
                ? ["resume", "resume", "resume", "resume", "backup", "restore", "stop"]
            : jsonSwitch.Allows
                ? ["promote", "promote", "promote", "promote", "stop", "stop", "backup", "configure", "restore"]
            : ["backup", "stop"];
        return kinds[Random.Shared.Next(kinds.Length)];
    }

    private async Task<(bool Succeeded, string Message)> DoAsync(
        string kind,
        string reason,
        Rollout rollout,
        CancellationToken cancellationToken
    ) =>
        kind switch
        {
            "stop" => await StopAsync(reason),
            "resume" => Told(await ResumeAsync(reason, cancellationToken)),
            "promote" => rollout.Stage == Stage.FullProduction
                ? Told(await RewindAsync(reason, cancellationToken))
                : await PromoteAsync(reason, cancellationToken),
            "configure" => Told(
                await changeConfiguration.ExecuteAsync(
                    new ChangeConfigurationRequest(
                        Actor,
                        rollout.StateVersion,
                        "innovation_rate",
                        Random.Shared.Next(80, 101).ToString(CultureInfo.InvariantCulture),
                        reason
                    ),
                    cancellationToken
                )
            ),
            "backup" => (true, (await backUpDatabase.ExecuteAsync("manual", cancellationToken)).Path),
            _ => (
                true,
                (
                    await restore.ExecuteAsync(
                        new RestoreRequest(Actor, reason, IsDamaged: false, SomeBackup()),
                        cancellationToken
                    )
                ).Text
            ),
        };

    private static (bool Succeeded, string Message) Told(TransitionResult result) => (result.Succeeded, result.Message);

    private string? SomeBackup() =>
        BackupFile.List(data).Take(4).Select(file => file.Path).OrderBy(_ => Random.Shared.Next()).FirstOrDefault();

    private async Task<(bool Succeeded, string Message)> StopAsync(string reason)
    {
        var result = await stopJson.ExecuteAsync(new StopJsonRequest("immediate", Actor, reason, new { }));
        workers.Restart();
        return (result.IsCommitted, result.Message);
    }

    private async Task<TransitionResult> ResumeAsync(string cause, CancellationToken cancellationToken)
    {
        await using (var db = await databases.CreateDbContextAsync(cancellationToken))
        {
            var rollout = await db.Rollouts.SingleAsync(cancellationToken);
            var inForce = await db.ConfigurationVersions.SingleAsync(
                row => row.Number == rollout.ConfigurationNumber,
                cancellationToken
            );
            db.StagingRuns.Add(
                new StagingRun
                {
                    RolloutId = rollout.Id,
                    Purpose = StagingPurpose.Resume,
                    Stage = rollout.Stage,
                    ConfigurationJson = StagingPlan.ToResume(inForce).ToJson(),
                    State = StagingState.Passed,
                    StartedAt = clock.GetUtcNow(),
                    EndedAt = clock.GetUtcNow(),
                    Actor = Actor,
                }
            );
            await db.SaveChangesAsync(cancellationToken);
        }

        var seen = await RolloutAsync(cancellationToken);
        return await resume.ExecuteAsync(
            new ResumeRequest(Actor, seen.StateVersion, jsonSwitch.CaptureToken().Marker, cause),
            cancellationToken
        );
    }

    private async Task<(bool Succeeded, string Message)> PromoteAsync(
        string reason,
        CancellationToken cancellationToken
    )
    {
        await checkEvidence.ExecuteAsync(cancellationToken);
        await using (var db = await databases.CreateDbContextAsync(cancellationToken))
        {
            foreach (
                var finding in await db
                    .Findings.Where(row => row.ClearedAt == null && row.DismissedAt == null)
                    .ToListAsync(cancellationToken)
            )
            {
                await dismissFinding.ExecuteAsync(
                    finding.Id,
                    FindingSeverity.Blocking,
                    "dismissed while exercising",
                    Actor,
                    cancellationToken
                );
            }
        }

        var seen = await previewPromotion.ExecuteAsync(cancellationToken);
        var result = await promote.ExecuteAsync(
            new PromoteRequest(
                Actor,
                seen.StateVersion,
                seen.Evidence,
                new GateOverride(reason, seen.RolloutName, clock.GetUtcNow().AddDays(1))
            ),
            cancellationToken
        );
        return (result.Succeeded, result.Message);
    }

    private async Task<TransitionResult> RewindAsync(string reason, CancellationToken cancellationToken)
    {
        var seen = await RolloutAsync(cancellationToken);
        return await transitions.ApplyAsync(
            seen.StateVersion,
            async (db, rollout, token) =>
            {
                var now = clock.GetUtcNow();
                var inForce = await ConfigurationNumbers.InForceAsync(db, rollout, token);
                await BackToFirstStageAsync(db, rollout, now, token);
                var version = await ConfigurationNumbers.PutInForceAsync(
                    db,
                    rollout,
                    stages.Value.StartOf(rollout.Stage),
                    inForce.Basis,
                    Actor,
                    reason,
                    now,
                    token
                );
                return (
                    new DecisionDraft(
                        "rewind",
                        Actor,
                        $"Back to the first stage (configuration {version.Number}).",
                        reason,
                        new { }
                    ),
                    "Rewound."
                );
            },
            cancellationToken
        );
    }

    private static async Task BackToFirstStageAsync(
        RolloutDb db,
        Rollout rollout,
        DateTimeOffset now,
        CancellationToken token
    )
    {
        await db
            .StageAttempts.Where(visit => visit.EndedAt == null)
            .ExecuteUpdateAsync(update => update.SetProperty(visit => visit.EndedAt, now), token);
        rollout.Stage = Stage.TemplateLibraryOnly;
        rollout.Attempt =
            await db.StageAttempts.Where(visit => visit.Stage == rollout.Stage).MaxAsync(visit => visit.Attempt, token)
            + 1;
        (rollout.StageStartedAt, rollout.AttemptStartedAt) = (now, now);
        db.StageAttempts.Add(
            new StageAttempt
            {
                RolloutId = rollout.Id,
                Stage = rollout.Stage,
                Attempt = rollout.Attempt,
                StartedAt = now,
            }
        );
    }

    private async Task<Rollout> RolloutAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Rollouts.SingleAsync(cancellationToken);
    }
}
