using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Rollouts.Gates;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;

namespace RolloutDashboard.Core.Rollouts;

/// <summary>The stored versions of the gates.</summary>
public static class GateDefinitions
{
    /// <summary>The gates to judge by; the plan's until they are edited.</summary>
    /// <exception cref="JsonException">The stored version can't be read, so nothing can be judged.</exception>
    public static async Task<GateDefinition> InForceAsync(RolloutDb db, int rolloutId, CancellationToken cancellationToken) =>
        await db.GateDefinitionVersions.Where(row => row.RolloutId == rolloutId).OrderByDescending(row => row.Number).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false) is { } row
            ? Read(row)
            : GateDefinition.Default;

    /// <summary>All versions by their number, the plan's included.</summary>
    public static async Task<IReadOnlyDictionary<int, GateDefinition>> AllAsync(RolloutDb db, int rolloutId, CancellationToken cancellationToken)
    {
        var rows = await db.GateDefinitionVersions.Where(row => row.RolloutId == rolloutId).ToListAsync(cancellationToken).ConfigureAwait(false);
        var versions = rows.ToDictionary(row => row.Number, Read);
        versions.TryAdd(GateDefinition.Default.Version, GateDefinition.Default);
        return versions;
    }

    internal static GateDefinition Read(GateDefinitionVersion row) =>
        (JsonSerializer.Deserialize<GateDefinition>(row.ValuesJson) ?? throw new JsonException($"Gate definition {row.Number} is empty.")) with { Version = row.Number };

    internal static string Write(GateDefinition definition) => JsonSerializer.Serialize(definition);
}
