using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Rollouts.Gates;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Rollouts;

/// <summary>A version of the gates with what it changed against the one before.</summary>
public sealed record GateVersionView(int Number, DateTimeOffset CreatedAt, string Actor, string Reason, IReadOnlyList<GateChange> Changes);

/// <param name="Versions">Latest first.</param>
public sealed record GatesView(long StateVersion, Stage Stage, GateDefinition InForce, IReadOnlyList<GateVersionView> Versions);

/// <summary>What an edit would change and say, before it is saved.</summary>
/// <param name="Errors">What is wrong; the rest is empty then.</param>
/// <param name="InForce">The current stage's gate as of now, by the gates in force.</param>
/// <param name="Edited">The same by the edited ones.</param>
/// <param name="ReplayInForce">The recorded history by the gates in force; empty where no replay is at hand.</param>
public sealed record GateEditPreview(
    IReadOnlyList<GateFieldError> Errors,
    IReadOnlyList<GateChange> Changes,
    GateReport? InForce,
    GateReport? Edited,
    IReadOnlyList<GateReplayLine> ReplayInForce,
    IReadOnlyList<GateReplayLine> ReplayEdited);

/// <summary>Reads the gates in force with their history, and tries an edit without saving it.</summary>
public sealed class ReadGates(IDbContextFactory<RolloutDb> databases, ReadGateInputs readGateInputs, IEnumerable<IGateReplay> replays)
{
    public async Task<GatesView> ExecuteAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var oneMoment = await db.Database.BeginTransactionAsync(System.Data.IsolationLevel.ReadUncommitted, cancellationToken).ConfigureAwait(false);
        var rollout = await db.Rollouts.OrderByDescending(row => row.Id).FirstAsync(cancellationToken).ConfigureAwait(false);
        var rows = await db.GateDefinitionVersions.Where(row => row.RolloutId == rollout.Id).OrderBy(row => row.Number).ToListAsync(cancellationToken).ConfigureAwait(false);
        var versions = new List<GateVersionView> { new(GateDefinition.Default.Version, rollout.CreatedAt, "system", "The plan's gates.", []) };
        var before = GateDefinition.Default;
        foreach (var row in rows)
        {
            var definition = GateDefinitions.Read(row);
            versions.Add(new GateVersionView(row.Number, row.CreatedAt, row.Actor, row.Reason, GateFields.Between(before, definition)));
            before = definition;
        }

        versions.Reverse();
        return new GatesView(rollout.StateVersion, rollout.Stage, before, versions);
    }

    /// <param name="texts">What was written, by the path of its field.</param>
    public async Task<GateEditPreview> TryAsync(IReadOnlyDictionary<string, string> texts, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var rollout = await db.Rollouts.OrderByDescending(row => row.Id).FirstAsync(cancellationToken).ConfigureAwait(false);
        var inForce = await GateDefinitions.InForceAsync(db, rollout.Id, cancellationToken).ConfigureAwait(false);
        var (edited, errors) = GateFields.Apply(inForce, texts);
        if (edited is null)
        {
            return new GateEditPreview(errors, [], null, null, [], []);
        }

        edited = edited with { Version = inForce.Version + 1 };
        var version = await ConfigurationNumbers.InForceAsync(db, rollout, cancellationToken).ConfigureAwait(false);
        var inputs = await readGateInputs.ExecuteAsync(db, rollout, StageConfiguration.FromJson(version.ValuesJson), cancellationToken).ConfigureAwait(false);
        return new GateEditPreview(
            [], GateFields.Between(inForce, edited), GateEvaluator.Evaluate(inForce, inputs), GateEvaluator.Evaluate(edited, inputs),
            await ReplayAsync(inForce, cancellationToken).ConfigureAwait(false), await ReplayAsync(edited, cancellationToken).ConfigureAwait(false));
    }

    private async Task<IReadOnlyList<GateReplayLine>> ReplayAsync(GateDefinition definition, CancellationToken cancellationToken)
    {
        var lines = new List<GateReplayLine>();
        foreach (var replay in replays)
        {
            lines.AddRange(await replay.ExecuteAsync(definition, cancellationToken).ConfigureAwait(false));
        }

        return lines;
    }
}
