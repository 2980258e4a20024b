using System.Globalization;
using RolloutDashboard.Core.Decisions;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Configuration;

/// <summary>Changes a flag of the stage in force, as a new configuration version; takes effect with the next
/// iteration.</summary>
public sealed class ChangeConfiguration(Transitions transitions, TimeProvider clock)
{
    /// <summary>The switch: changed by a rollback or a resume only, since each does more than set a flag.</summary>
    public const string Switch = "json_mode_enabled";

    private const string GradualRollbackRuns =
        "A gradual rollback is going on, which changes the share by itself. End it first, or roll back.";

    public async Task<TransitionResult> ExecuteAsync(
        ChangeConfigurationRequest request,
        CancellationToken cancellationToken
    )
    {
        if (request.Flag == Switch)
        {
            return new TransitionResult(
                false,
                $"{Switch} is changed by Roll back, which also ends running JSON iterations, and by Resume, which asks for a passed validation."
            );
        }

        if (WrittenReason.Fault("The reason", request.Reason) is { } fault)
        {
            return new TransitionResult(false, fault);
        }

        return await transitions
            .ApplyAsync(
                request.SeenVersion,
                (db, rollout, token) => ChangeAsync(db, rollout, request, token),
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    private async Task<(DecisionDraft? Draft, string Message)> ChangeAsync(
        RolloutDb db,
        Rollout rollout,
        ChangeConfigurationRequest request,
        CancellationToken cancellationToken
    )
    {
        if (await RunningGradualRollback.FindAsync(db, rollout.Id, cancellationToken).ConfigureAwait(false) is not null)
        {
            return (null, GradualRollbackRuns);
        }

        var inForce = await ConfigurationNumbers.InForceAsync(db, rollout, cancellationToken).ConfigureAwait(false);
        var before = StageConfiguration.FromJson(inForce.ValuesJson);
        var (after, error) = before.With(request.Flag, request.Value);
        if (after is null)
        {
            return (null, error!);
        }

        if (ConfigurationDiff.Between(before, after) is not [var change])
        {
            return (null, $"{request.Flag} has that value already.");
        }

        var number = await PutInForceAsync(db, rollout, after, inForce.Basis, request, cancellationToken)
            .ConfigureAwait(false);
        return Decided(request, rollout.Stage, change, inForce.Number, number);
    }

    private async Task<int> PutInForceAsync(
        RolloutDb db,
        Rollout rollout,
        StageConfiguration configuration,
        string? basis,
        ChangeConfigurationRequest request,
        CancellationToken cancellationToken
    )
    {
        var version = await ConfigurationNumbers
            .PutInForceAsync(
                db,
                rollout,
                configuration,
                basis,
                request.Actor,
                request.Reason.Trim(),
                clock.GetUtcNow(),
                cancellationToken
            )
            .ConfigureAwait(false);
        return version.Number;
    }

    private static (DecisionDraft Draft, string Message) Decided(
        ChangeConfigurationRequest request,
        Stage stage,
        FlagChange change,
        int numberBefore,
        int numberAfter
    )
    {
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{change.Name} of stage {stage.Number()} changed from {change.Before} to {change.After} (configuration {numberAfter})."
        );
        return (
            new DecisionDraft(
                "configuration",
                request.Actor,
                text,
                request.Reason.Trim(),
                new
                {
                    change.Name,
                    change.Before,
                    change.After,
                    configurationBefore = numberBefore,
                    configurationAfter = numberAfter,
                }
            ),
            text
        );
    }
}
