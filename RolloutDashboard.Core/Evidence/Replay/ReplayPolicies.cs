using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using RolloutDashboard.Core.Evidence.Comparison;
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
public sealed record ReplayedPolicy(ReplayResult Result, GateDefinition Gates, AlertThresholds Thresholds, IReadOnlyList<int> Versions);

/// <summary>The policy that a request names.</summary>
/// <param name="Versions">Stored versions of the gates.</param>
/// <param name="Errors">What of the request will not do; nothing is replayed until it is put right.</param>
/// <param name="RequireProof">Whether proof is mandatory, as for the live rollout.</param>
/// <param name="InForce">What the replay is compared with; null for an imported history.</param>
/// <param name="MadeFrom">What is recorded now of the rollout, in one line.</param>
public sealed record ChosenPolicy(
    GateDefinition Gates, AlertThresholds Thresholds, IReadOnlyList<int> Versions, IReadOnlyList<string> Errors, ReplayPolicy? InForce, string MadeFrom, bool RequireProof = false);

/// <summary>Replays a history under a policy.</summary>
public sealed class ReplayPolicies(IDbContextFactory<RolloutDb> databases, ReadReplayHistory readHistory, IOptions<GateOptions> options)
{
    /// <summary>The policy of a request, and what its replay would be made from now: while both stay the same, so does the replay.</summary>
    public async Task<ChosenPolicy> ChooseAsync(ReplayRequest request, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var rollout = await db.Rollouts.OrderByDescending(row => row.Id).FirstAsync(cancellationToken).ConfigureAwait(false);
        var versions = await GateDefinitions.AllAsync(db, rollout.Id, cancellationToken).ConfigureAwait(false);
        var inForce = versions[versions.Keys.Max()];
        var chosen = request.GateVersion is not { } number ? inForce : versions.GetValueOrDefault(number);
        var (recorded, proof) = (AlertThresholds.InForce, options.Value.RequireProof);
        var (gates, thresholds, wrong) = PolicyEdits.Apply(chosen ?? inForce, recorded, request.With);
        IReadOnlyList<string> errors = chosen is not null ? wrong
            : [string.Create(CultureInfo.InvariantCulture, $"There is no version {request.GateVersion} of the gates; there is {string.Join(", ", versions.Keys.Order())}."), .. wrong];
        var seen = await ReadSelection.SeenAsync(db, rollout, RolloutEnvironment.Production, cancellationToken).ConfigureAwait(false);
        var judged = await db.Judgements.Where(row => row.RolloutId == rollout.Id).MaxAsync(row => (long?)row.Id, cancellationToken).ConfigureAwait(false);
        var madeFrom = string.Create(CultureInfo.InvariantCulture, $"rollout {rollout.Id}, gates {inForce.Version}, judgement {judged}, iterations to {seen.UpTo} without {string.Join(' ', seen.Running)}");
        return new ChosenPolicy(gates, thresholds, [.. versions.Keys.Order()], errors, request.ImportId is null ? new ReplayPolicy(inForce, recorded, proof) : null, madeFrom, proof);
    }

    /// <param name="progress">Gets the share that is done, in percent.</param>
    /// <exception cref="SelectionException">The request names a history, gates or changes that are not there.</exception>
    public async Task<ReplayedPolicy> ExecuteAsync(ReplayRequest request, CancellationToken cancellationToken, IProgress<int>? progress = null)
    {
        var policy = await ChooseAsync(request, cancellationToken).ConfigureAwait(false);
        if (policy.Errors.Count > 0)
        {
            throw new SelectionException(SelectionFault.Malformed, string.Join(' ', policy.Errors));
        }

        var history = request.ImportId is { } import
            ? await readHistory.OfImportAsync(import, request.Run, request.FirstStage, cancellationToken).ConfigureAwait(false)
            : await readHistory.OfRolloutAsync(cancellationToken).ConfigureAwait(false);
        var result = RunReplay.Of(history, new ReplayPolicy(policy.Gates, policy.Thresholds, policy.RequireProof), policy.InForce, progress, cancellationToken);
        return new ReplayedPolicy(result, policy.Gates, policy.Thresholds, policy.Versions);
    }
}

/// <summary>Tells the gate editor what edited gates would have said over the recorded history.</summary>
public sealed class ReplayGates(ReadReplayHistory readHistory, IOptions<GateOptions> options) : IGateReplay
{
    private const int MostLines = 40;

    public async Task<IReadOnlyList<GateReplayLine>> ExecuteAsync(GateDefinition definition, CancellationToken cancellationToken)
    {
        var history = await readHistory.OfRolloutAsync(cancellationToken).ConfigureAwait(false);
        var result = await Task.Run(() => RunReplay.Of(history, new ReplayPolicy(definition, AlertThresholds.InForce, options.Value.RequireProof), null, progress: null, cancellationToken), cancellationToken).ConfigureAwait(false);
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
