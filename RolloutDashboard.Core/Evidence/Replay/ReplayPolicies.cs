using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Monitoring.AlertRules;
using RolloutDashboard.Core.Rollouts;
using RolloutDashboard.Core.Rollouts.Gates;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Evidence.Replay;

/// <summary>What is to be replayed, and by which policy.</summary>
/// <param name="ImportId">An imported data set; null for the live rollout.</param>
/// <param name="FirstStage">Where an imported history begins.</param>
/// <param name="GateVersion">A stored version of the gates; null for the one in force.</param>
/// <param name="With">Changes to it, as <see cref="PolicyEdits"/> reads them.</param>
public sealed record ReplayRequest(int? ImportId = null, int? Run = null, Stage FirstStage = Stage.TemplateLibraryOnly, int? GateVersion = null, string? With = null);

/// <summary>A replay with the policy it used.</summary>
/// <param name="Versions">Stored versions of the gates.</param>
/// <param name="Errors">What of the changes meant nothing.</param>
public sealed record ReplayedPolicy(ReplayResult Result, GateDefinition Gates, AlertThresholds Thresholds, IReadOnlyList<int> Versions, IReadOnlyList<string> Errors);

/// <summary>Replays a history under a policy.</summary>
public sealed class ReplayPolicies(IDbContextFactory<RolloutDb> databases, ReadReplayHistory readHistory)
{
    public async Task<ReplayedPolicy> ExecuteAsync(ReplayRequest request, CancellationToken cancellationToken)
    {
        var versions = await VersionsAsync(cancellationToken).ConfigureAwait(false);
        var inForce = versions[versions.Keys.Max()];
        var chosen = request.GateVersion is { } number && versions.TryGetValue(number, out var known) ? known : inForce;
        var recorded = new AlertThresholds();
        var (gates, thresholds, errors) = PolicyEdits.Apply(chosen, recorded, request.With);
        var history = request.ImportId is { } import
            ? await readHistory.OfImportAsync(import, request.Run, request.FirstStage, cancellationToken).ConfigureAwait(false)
            : await readHistory.OfRolloutAsync(cancellationToken).ConfigureAwait(false);
        var baseline = request.ImportId is null ? new ReplayPolicy(inForce, recorded) : null;
        var result = await Task.Run(() => RunReplay.Of(history, new ReplayPolicy(gates, thresholds), baseline, cancellationToken), cancellationToken).ConfigureAwait(false);
        return new ReplayedPolicy(result, gates, thresholds, [.. versions.Keys.Order()], errors);
    }

    private async Task<IReadOnlyDictionary<int, GateDefinition>> VersionsAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var rolloutId = await db.Rollouts.MaxAsync(row => row.Id, cancellationToken).ConfigureAwait(false);
        return await GateDefinitions.AllAsync(db, rolloutId, cancellationToken).ConfigureAwait(false);
    }
}

/// <summary>Tells the gate editor what edited gates would have said over the recorded history.</summary>
public sealed class ReplayGates(ReadReplayHistory readHistory) : IGateReplay
{
    private const int MostLines = 40;

    public async Task<IReadOnlyList<GateReplayLine>> ExecuteAsync(GateDefinition definition, CancellationToken cancellationToken)
    {
        var history = await readHistory.OfRolloutAsync(cancellationToken).ConfigureAwait(false);
        var result = await Task.Run(() => RunReplay.Of(history, new ReplayPolicy(definition, new AlertThresholds()), null, cancellationToken), cancellationToken).ConfigureAwait(false);
        var lines = result.Steps.Where(step => step.Kind is ReplayKind.Held or ReplayKind.Promoted or ReplayKind.Halted)
            .Select(step => new GateReplayLine(step.Stage, step.Attempt, Words(step), step.Number)).Take(MostLines).ToList();
        foreach (var visit in history.Rows.Select(row => (row.Stage, row.Attempt)).Distinct().Where(visit => visit.Stage is { } stage && !result.Steps.Any(step => step.Kind == ReplayKind.Promoted && step.Stage == stage && step.Attempt == visit.Attempt)))
        {
            lines.Add(new GateReplayLine(visit.Stage!.Value, visit.Attempt, $"Gate {visit.Stage.Value.Number()} never passes", null));
        }

        return lines;
    }

    private static string Words(ReplayStep step) => step.Kind switch
    {
        ReplayKind.Promoted => $"Gate {step.Stage.Number()} passes",
        ReplayKind.Halted => "halts",
        _ => step.Text.TrimEnd('.'),
    };
}
