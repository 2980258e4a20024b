using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;

namespace RolloutDashboard.Core.Configuration;

/// <summary>Numbers of configuration versions, and the one in force; for use inside a write transaction.</summary>
internal static class ConfigurationNumbers
{
    /// <summary>The next free number, over both environments.</summary>
    public static async Task<int> NextAsync(RolloutDb db, int rolloutId, CancellationToken cancellationToken) =>
        await db
            .ConfigurationVersions.Where(row => row.RolloutId == rolloutId)
            .MaxAsync(row => (int?)row.Number, cancellationToken)
            .ConfigureAwait(false) + 1
        ?? 1;

    /// <summary>The version that production runs under.</summary>
    public static Task<ConfigurationVersion> InForceAsync(
        RolloutDb db,
        Rollout rollout,
        CancellationToken cancellationToken
    ) =>
        db.ConfigurationVersions.SingleAsync(
            row => row.RolloutId == rollout.Id && row.Number == rollout.ConfigurationNumber,
            cancellationToken
        );

    /// <summary>Puts a new version in force.</summary>
    public static async Task<ConfigurationVersion> PutInForceAsync(
        RolloutDb db,
        Rollout rollout,
        StageConfiguration configuration,
        string? basis,
        string actor,
        string reason,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var version = new ConfigurationVersion
        {
            RolloutId = rollout.Id,
            Number = await NextAsync(db, rollout.Id, cancellationToken).ConfigureAwait(false),
            Stage = rollout.Stage,
            ValuesJson = configuration.ToJson(),
            Basis = basis,
            CreatedAt = now,
            Actor = actor,
            Reason = reason,
        };
        db.ConfigurationVersions.Add(version);
        rollout.ConfigurationNumber = version.Number;
        return version;
    }
}
