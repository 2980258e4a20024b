using System.Globalization;
using RolloutDashboard.Core.Decisions;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Configuration;

/// <summary>Changes a flag of the stage in force, as a new configuration version; takes effect with the next
/// iteration.</summary>
public sealed class ChangeConfiguration(Transitions transitions, TimeProvider clock)
{
    /// <summary>The switch: changed by a rollback or a resume only, since each does more than set a flag.</summary>
    public const string Switch = "json_mode_enabled";

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
                async (db, rollout, token) =>
                {
                    if (await RunningGradualRollback.FindAsync(db, rollout.Id, token).ConfigureAwait(false) is not null)
                    {
                        return (
                            null,
                            "A gradual rollback is going on, which changes the share by itself. End it first, or roll back."
                        );
                    }

                    var inForce = await ConfigurationNumbers.InForceAsync(db, rollout, token).ConfigureAwait(false);
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

                    var reason = request.Reason.Trim();
                    var version = await ConfigurationNumbers
                        .PutInForceAsync(
                            db,
                            rollout,
                            after,
                            inForce.Basis,
                            request.Actor,
                            reason,
                            clock.GetUtcNow(),
                            token
                        )
                        .ConfigureAwait(false);
                    var text = string.Create(
                        CultureInfo.InvariantCulture,
                        $"{change.Name} of stage {rollout.Stage.Number()} changed from {change.Before} to {change.After} (configuration {version.Number})."
                    );
                    return (
                        new DecisionDraft(
                            "configuration",
                            request.Actor,
                            text,
                            reason,
                            new
                            {
                                change.Name,
                                change.Before,
                                change.After,
                                configurationBefore = inForce.Number,
                                configurationAfter = version.Number,
                            }
                        ),
                        text
                    );
                },
                cancellationToken
            )
            .ConfigureAwait(false);
    }
}
