using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Gates;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;

namespace RolloutDashboard.Core.Evaluation.GateVersions;

/// <summary>
/// The stored versions of the gates. A version holds the numbers that differ from the plan's, so that a criterion that
/// a later release adds is asked in edited gates too, and one that it drops is asked in none.
/// </summary>
public static class GateDefinitions
{
    /// <summary>The gates to judge by; the plan's until they are edited.</summary>
    /// <exception cref="JsonException">The stored version can't be read, so nothing can be judged.</exception>
    public static async Task<GateDefinition> InForceAsync(
        RolloutDb db,
        int rolloutId,
        CancellationToken cancellationToken
    ) =>
        await db
            .GateDefinitionVersions.Where(row => row.RolloutId == rolloutId)
            .OrderByDescending(row => row.Number)
            .FirstOrDefaultAsync(cancellationToken)
            .ConfigureAwait(false)
            is { } row
            ? Read(row)
            : GateDefinition.Default;

    /// <summary>All versions by their number, the plan's included.</summary>
    public static async Task<IReadOnlyDictionary<int, GateDefinition>> AllAsync(
        RolloutDb db,
        int rolloutId,
        CancellationToken cancellationToken
    )
    {
        var rows = await db
            .GateDefinitionVersions.Where(row => row.RolloutId == rolloutId)
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);
        var versions = rows.ToDictionary(row => row.Number, Read);
        versions.TryAdd(GateDefinition.Default.Version, GateDefinition.Default);
        return versions;
    }

    internal static GateDefinition Read(GateDefinitionVersion row) => Read(row, GateDefinition.Default);

    /// <param name="plan">The gates of this release.</param>
    internal static GateDefinition Read(GateDefinitionVersion row, GateDefinition plan)
    {
        using var document = JsonDocument.Parse(row.ValuesJson);
        var isWhole =
            document.RootElement is not { ValueKind: JsonValueKind.Object } root
            || !root.TryGetProperty(nameof(StoredGates.Changes), out _);
        var stored = isWhole
            ? StoredGates.Of(document.RootElement.Deserialize<GateDefinition>(), plan)
            : document.RootElement.Deserialize<StoredGates>();
        return (stored ?? throw new JsonException($"Gate definition {row.Number} is empty.")).On(plan) with
        {
            Version = row.Number,
        };
    }

    internal static string Write(GateDefinition definition) => Write(definition, GateDefinition.Default);

    /// <param name="plan">The gates of this release.</param>
    internal static string Write(GateDefinition definition, GateDefinition plan) =>
        JsonSerializer.Serialize(StoredGates.Of(definition, plan));
}
