using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Import.Tables;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Files;

namespace RolloutDashboard.Core.Import;

/// <summary>Reads the data sets of the imports' own database.</summary>
public sealed class ReadImports(DataDirectory data, IDatabaseProvider engine) : IImportQueries
{
    public async Task<IReadOnlyList<ImportedSetView>> ListAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(data.Imports))
        {
            return [];
        }

        await using var db = await ImportsDb.OpenAsync(engine, data, cancellationToken).ConfigureAwait(false);
        return (
            await db.Sets.OrderByDescending(set => set.Id).ToListAsync(cancellationToken).ConfigureAwait(false)
        ).ConvertAll(View);
    }

    public async Task<ImportedSetView?> FindAsync(int id, CancellationToken cancellationToken)
    {
        if (!File.Exists(data.Imports))
        {
            return null;
        }

        await using var db = await ImportsDb.OpenAsync(engine, data, cancellationToken).ConfigureAwait(false);
        return
            await db.Sets.SingleOrDefaultAsync(set => set.Id == id, cancellationToken).ConfigureAwait(false)
                is { } found
            ? View(found)
            : null;
    }

    private static ImportedSetView View(ImportedSet set) =>
        new(set.Id, set.Name, set.ImportedAt, ImportFile.ReadReport(set));
}
