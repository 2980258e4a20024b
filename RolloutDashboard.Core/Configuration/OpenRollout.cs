using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using RolloutDashboard.Core.Decisions;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Configuration;

/// <summary>Opens the first rollout of an empty database.</summary>
public sealed class OpenRollout(
    IDbContextFactory<RolloutDb> databases,
    Transitions transitions,
    IOptions<RolloutOptions> options,
    IOptions<StageOptions> stages,
    TimeProvider clock
)
{
    /// <summary>Does nothing when a rollout exists.</summary>
    public async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var transaction = await db.BeginWriteAsync(cancellationToken).ConfigureAwait(false);
        if (await db.Rollouts.AnyAsync(cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        var rollout = First(options.Value, clock.GetUtcNow());
        db.Rollouts.Add(rollout);
        await db.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        db.ConfigurationVersions.Add(
            new ConfigurationVersion
            {
                RolloutId = rollout.Id,
                Number = 1,
                Stage = rollout.Stage,
                ValuesJson = stages.Value.StartOf(rollout.Stage).ToJson(),
                CreatedAt = rollout.CreatedAt,
                Actor = "system",
                Reason = "First configuration of the rollout.",
            }
        );
        db.StageAttempts.Add(
            new StageAttempt
            {
                RolloutId = rollout.Id,
                Stage = rollout.Stage,
                Attempt = 1,
                StartedAt = rollout.StageStartedAt,
            }
        );
        await transitions.AppendAsync(db, rollout.Id, Opened(rollout), cancellationToken).ConfigureAwait(false);
        await db.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        await transitions.WriteJournalAsync().ConfigureAwait(false);
    }

    private static Rollout First(RolloutOptions settings, DateTimeOffset now) =>
        new()
        {
            Name = settings.Name,
            IsDemo = settings.Demo,
            Salt = string.IsNullOrWhiteSpace(settings.Salt)
                ? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))
                : settings.Salt,
            Stage = Stage.TemplateLibraryOnly,
            Attempt = 1,
            Phase = RolloutPhase.Active,
            DesiredLoopState = settings.Demo ? DesiredLoopState.Running : DesiredLoopState.Paused,
            ConfigurationNumber = 1,
            StateVersion = 1,
            CreatedAt = now,
            StageStartedAt = now,
            AttemptStartedAt = now,
        };

    private static DecisionDraft Opened(Rollout rollout) =>
        new(
            "rollout-opened",
            "system",
            $"Rollout '{rollout.Name}' opened in stage {rollout.Stage.Number()}{(rollout.IsDemo ? " as a demo" : "")}.",
            null,
            new
            {
                rollout.Name,
                rollout.IsDemo,
                rollout.Salt,
            }
        );
}
