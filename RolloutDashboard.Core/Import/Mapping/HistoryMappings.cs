using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Import.Tables;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Files;

namespace RolloutDashboard.Core.Import.Mapping;

/// <summary>Keeps mappings beside the imported sets.</summary>
public sealed class HistoryMappings(DataDirectory data, IDatabaseProvider engine, TimeProvider clock) : IHistoryMappings
{
    private const int LongestName = 80;
    private const int Most = 500;

    public async Task<IReadOnlyList<HistoryMapping>> ListAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(data.Imports))
        {
            return [];
        }

        await using var db = await ImportsDb.OpenAsync(engine, data, cancellationToken).ConfigureAwait(false);
        return
        [
            .. (
                await db
                    .Mappings.AsNoTracking()
                    .OrderBy(row => row.Name)
                    .ToListAsync(cancellationToken)
                    .ConfigureAwait(false)
            ).Select(Read),
        ];
    }

    public async Task<HistoryMapping?> FindAsync(string name, CancellationToken cancellationToken)
    {
        if (!File.Exists(data.Imports))
        {
            return null;
        }

        await using var db = await ImportsDb.OpenAsync(engine, data, cancellationToken).ConfigureAwait(false);
        return
            await db
                .Mappings.AsNoTracking()
                .SingleOrDefaultAsync(row => row.Name == name, cancellationToken)
                .ConfigureAwait(false)
                is { } found
            ? Read(found)
            : null;
    }

    public async Task SaveAsync(HistoryMapping mapping, CancellationToken cancellationToken)
    {
        var name = mapping.Name.Trim();
        if (
            name.Length is 0 or > LongestName
            || name.Any(char.IsControl)
            || name.Contains('/', StringComparison.Ordinal)
        )
        {
            throw new ImportException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"A mapping's name has 1 to {LongestName} characters and no slash."
                )
            );
        }

        await using var db = await ImportsDb.OpenAsync(engine, data, cancellationToken).ConfigureAwait(false);
        var row = await db
            .Mappings.AsTracking()
            .SingleOrDefaultAsync(one => one.Name == name, cancellationToken)
            .ConfigureAwait(false);
        if (row is null)
        {
            if (await db.Mappings.CountAsync(cancellationToken).ConfigureAwait(false) >= Most)
            {
                throw new ImportException(
                    string.Create(CultureInfo.InvariantCulture, $"{Most} mappings are saved already. Delete one first.")
                );
            }

            row = db.Mappings.Add(new SavedMapping { Name = name, Json = "" }).Entity;
        }

        (row.Json, row.SavedAt) = (JsonSerializer.Serialize(mapping with { Name = name }), clock.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
    }

    public async Task<bool> DeleteAsync(string name, CancellationToken cancellationToken)
    {
        if (!File.Exists(data.Imports))
        {
            return false;
        }

        await using var db = await ImportsDb.OpenAsync(engine, data, cancellationToken).ConfigureAwait(false);
        return await db
                .Mappings.Where(row => row.Name == name)
                .ExecuteDeleteAsync(cancellationToken)
                .ConfigureAwait(false) > 0;
    }

    private static HistoryMapping Read(SavedMapping row) =>
        JsonSerializer.Deserialize<HistoryMapping>(row.Json)! with
        {
            Name = row.Name,
        };
}
