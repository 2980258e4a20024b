using System.Globalization;
using RolloutDashboard.Core.Decisions;
using RolloutDashboard.Core.Gates.Fields;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;

namespace RolloutDashboard.Core.Evaluation.GateVersions;

/// <summary>Edits targets and minimum samples of the gates, as a new version; the next judgement uses it.</summary>
public sealed class EditGates(Transitions transitions, TimeProvider clock)
{
    public async Task<TransitionResult> ExecuteAsync(EditGatesRequest request, CancellationToken cancellationToken)
    {
        if (WrittenReason.Fault("The reason", request.Reason) is { } fault)
        {
            return new TransitionResult(false, fault);
        }

        return await transitions
            .ApplyAsync(
                request.SeenVersion,
                (db, rollout, token) => EditAsync(db, rollout, request, token),
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    private async Task<(DecisionDraft? Draft, string Message)> EditAsync(
        RolloutDb db,
        Rollout rollout,
        EditGatesRequest request,
        CancellationToken cancellationToken
    )
    {
        var before = await GateDefinitions.InForceAsync(db, rollout.Id, cancellationToken).ConfigureAwait(false);
        var (edited, errors) = GateFields.Apply(before, request.Texts);
        if (edited is null)
        {
            return (null, string.Join(' ', errors.Select(error => $"{error.Path}: {error.Message}")));
        }

        if (GateFields.Between(before, edited) is not { Count: > 0 } changes)
        {
            return (null, "Nothing differs from the gates in force.");
        }

        var after = edited with { Version = before.Version + 1 };
        db.GateDefinitionVersions.Add(
            new GateDefinitionVersion
            {
                RolloutId = rollout.Id,
                Number = after.Version,
                ValuesJson = GateDefinitions.Write(after),
                CreatedAt = clock.GetUtcNow(),
                Actor = request.Actor,
                Reason = request.Reason.Trim(),
            }
        );
        return Decided(request, before.Version, after.Version, changes);
    }

    private static (DecisionDraft Draft, string Message) Decided(
        EditGatesRequest request,
        int versionBefore,
        int versionAfter,
        IReadOnlyList<GateChange> changes
    )
    {
        var first = changes[0];
        var more =
            changes.Count > 1 ? string.Create(CultureInfo.InvariantCulture, $", and {changes.Count - 1} more") : "";
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"Gate definition {versionAfter}: {first.Label} changed from {first.Before} to {first.After}{more}."
        );
        return (
            new DecisionDraft(
                "gates",
                request.Actor,
                text,
                request.Reason.Trim(),
                new
                {
                    gateDefinitionBefore = versionBefore,
                    gateDefinitionAfter = versionAfter,
                    changes,
                }
            ),
            text
        );
    }
}
