using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Configuration;
using RolloutDashboard.Core.Evaluation.Inputs;
using RolloutDashboard.Core.Gates;
using RolloutDashboard.Core.Gates.Fields;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;

namespace RolloutDashboard.Core.Evaluation.GateVersions;

/// <summary>Reads the gates in force with their history, and tries an edit without saving it.</summary>
public sealed class ReadGates(
    IDbContextFactory<RolloutDb> databases,
    ReadGateInputs readGateInputs,
    IEnumerable<IGateReplay> replays
)
{
    public async Task<GatesView> ExecuteAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var oneMoment = await db.BeginReadAsync(cancellationToken).ConfigureAwait(false);
        var rollout = await db.CurrentRolloutAsync(cancellationToken).ConfigureAwait(false);
        var rows = await db
            .GateDefinitionVersions.Where(row => row.RolloutId == rollout.Id)
            .OrderBy(row => row.Number)
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);
        var versions = new List<GateVersionView>
        {
            new(GateDefinition.Default.Version, rollout.CreatedAt, "system", "The plan's gates.", []),
        };
        var before = GateDefinition.Default;
        foreach (var row in rows)
        {
            var definition = GateDefinitions.Read(row);
            versions.Add(
                new GateVersionView(
                    row.Number,
                    row.CreatedAt,
                    row.Actor,
                    row.Reason,
                    GateFields.Between(before, definition)
                )
            );
            before = definition;
        }

        versions.Reverse();
        return new GatesView(rollout.StateVersion, rollout.Stage, before, versions);
    }

    /// <param name="texts">What was written, by the path of its field.</param>
    public async Task<GateEditPreview> TryAsync(
        IReadOnlyDictionary<string, string> texts,
        CancellationToken cancellationToken
    )
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var rollout = await db.CurrentRolloutAsync(cancellationToken).ConfigureAwait(false);
        var inForce = await GateDefinitions.InForceAsync(db, rollout.Id, cancellationToken).ConfigureAwait(false);
        var (edited, errors) = GateFields.Apply(inForce, texts);
        if (edited is null)
        {
            return new GateEditPreview(errors, [], null, null, [], []);
        }

        edited = edited with { Version = inForce.Version + 1 };
        var version = await ConfigurationNumbers.InForceAsync(db, rollout, cancellationToken).ConfigureAwait(false);
        var inputs = await readGateInputs
            .ExecuteAsync(db, rollout, StageConfiguration.FromJson(version.ValuesJson), cancellationToken)
            .ConfigureAwait(false);
        return new GateEditPreview(
            [],
            GateFields.Between(inForce, edited),
            GateEvaluator.Evaluate(inForce, inputs),
            GateEvaluator.Evaluate(edited, inputs),
            await ReplayAsync(inForce, cancellationToken).ConfigureAwait(false),
            await ReplayAsync(edited, cancellationToken).ConfigureAwait(false)
        );
    }

    private async Task<IReadOnlyList<GateReplayLine>> ReplayAsync(
        GateDefinition definition,
        CancellationToken cancellationToken
    )
    {
        var lines = new List<GateReplayLine>();
        foreach (var replay in replays)
        {
            lines.AddRange(await replay.ExecuteAsync(definition, cancellationToken).ConfigureAwait(false));
        }

        return lines;
    }
}
