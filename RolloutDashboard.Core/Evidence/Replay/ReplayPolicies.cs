using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using RolloutDashboard.Core.Alerts;
using RolloutDashboard.Core.Configuration;
using RolloutDashboard.Core.Evaluation.GateVersions;
using RolloutDashboard.Core.Evidence.Comparisons.Selections;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Evidence.Replay;

/// <summary>Replays a history under a policy.</summary>
public sealed class ReplayPolicies(
    IDbContextFactory<RolloutDb> databases,
    ReadReplayHistory readHistory,
    IOptions<GateOptions> options
)
{
    /// <summary>The policy of a request, and what its replay would be made from now: while both stay the same, so does
    /// the replay.</summary>
    public async Task<ChosenPolicy> ChooseAsync(ReplayRequest request, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var rollout = await db.CurrentRolloutAsync(cancellationToken).ConfigureAwait(false);
        var versions = await GateDefinitions.AllAsync(db, rollout.Id, cancellationToken).ConfigureAwait(false);
        var inForce = versions[versions.Keys.Max()];
        var chosen = request.GateVersion is not { } number ? inForce : versions.GetValueOrDefault(number);
        var (recorded, proof) = (AlertThresholds.InForce, options.Value.RequireProof);
        var (gates, thresholds, wrong) = PolicyEdits.Apply(chosen ?? inForce, recorded, request.With);
        IReadOnlyList<string> errors = chosen is not null
            ? wrong
            :
            [
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"There is no version {request.GateVersion} of the gates; there is {string.Join(", ", versions.Keys.Order())}."
                ),
                .. wrong,
            ];
        var madeFrom = await MadeFromAsync(db, rollout, inForce.Version, cancellationToken).ConfigureAwait(false);
        return new ChosenPolicy(
            gates,
            thresholds,
            [.. versions.Keys.Order()],
            errors,
            request.ImportId is null ? new ReplayPolicy(inForce, recorded, proof) : null,
            madeFrom,
            proof
        );
    }

    /// <param name="progress">Gets the share that is done, in percent.</param>
    /// <exception cref="SelectionException">The request names a history, gates or changes that are not
    /// there.</exception>
    public async Task<ReplayedPolicy> ExecuteAsync(
        ReplayRequest request,
        CancellationToken cancellationToken,
        IProgress<int>? progress = null
    )
    {
        var policy = await ChooseAsync(request, cancellationToken).ConfigureAwait(false);
        if (policy.Errors.Count > 0)
        {
            throw new SelectionException(SelectionFault.Malformed, string.Join(' ', policy.Errors));
        }

        var history = request.ImportId is { } import
            ? await readHistory
                .OfImportAsync(import, request.Run, request.FirstStage, cancellationToken)
                .ConfigureAwait(false)
            : await readHistory.OfRolloutAsync(cancellationToken).ConfigureAwait(false);
        var result = RunReplay.Of(
            history,
            new ReplayPolicy(policy.Gates, policy.Thresholds, policy.RequireProof),
            policy.InForce,
            progress,
            cancellationToken
        );
        return new ReplayedPolicy(result, policy.Gates, policy.Thresholds, policy.Versions);
    }

    private static async Task<string> MadeFromAsync(
        RolloutDb db,
        Rollout rollout,
        int version,
        CancellationToken cancellationToken
    )
    {
        var seen = await ReadSelection
            .SeenAsync(db, rollout, RolloutEnvironment.Production, cancellationToken)
            .ConfigureAwait(false);
        var judged = await db
            .Judgements.Where(row => row.RolloutId == rollout.Id)
            .MaxAsync(row => (long?)row.Id, cancellationToken)
            .ConfigureAwait(false);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"rollout {rollout.Id}, gates {version}, judgement {judged}, iterations to {seen.UpTo} without {string.Join(' ', seen.Running)}"
        );
    }
}
