using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using RolloutDashboard.Core.Alerts;
using RolloutDashboard.Core.Configuration;
using RolloutDashboard.Core.Evaluation.GateVersions;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;

namespace RolloutDashboard.Core.Evidence;

/// <summary>The same from the database and the settings.</summary>
public sealed class ReadPolicyInForce(IDbContextFactory<RolloutDb> databases, IOptions<GateOptions> options)
    : IPolicyInForce
{
    public async Task<PolicyInForce> ReadAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var rolloutId = await db.CurrentRolloutIdAsync(cancellationToken).ConfigureAwait(false);
        return new PolicyInForce(
            await GateDefinitions.InForceAsync(db, rolloutId, cancellationToken).ConfigureAwait(false),
            AlertThresholds.InForce,
            options.Value.RequireProof
        );
    }
}
