using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Evidence;
using RolloutDashboard.Core.Evidence.Histories;
using RolloutDashboard.Core.Import.Records;
using RolloutDashboard.Core.Import.Tables;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Files;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Import;

/// <summary>Gives imported data sets to comparison and replay.</summary>
public sealed class ReadImportedHistories(DataDirectory data, IDatabaseProvider engine) : IImportedHistories
{
    public async Task<IReadOnlyList<ImportedHistory>> ListAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(data.Imports))
        {
            return [];
        }

        await using var db = await ImportsDb.OpenAsync(engine, data, cancellationToken).ConfigureAwait(false);
        return await db
            .Sets.OrderByDescending(set => set.Id)
            .Select(set => new ImportedHistory(set.Id, set.Name, set.ImportedAt, set.Records))
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<CheckedIteration>> ReadAsync(
        int id,
        int? run,
        int limit,
        CancellationToken cancellationToken
    )
    {
        if (!File.Exists(data.Imports))
        {
            return [];
        }

        await using var db = await ImportsDb.OpenAsync(engine, data, cancellationToken).ConfigureAwait(false);
        var rows = await db
            .Iterations.AsNoTracking()
            .Where(row => row.SetId == id && (run == null || row.Run == run))
            .OrderBy(row => row.Line)
            .ThenBy(row => row.Number)
            .Take(limit)
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);
        var bases = Bases(rows);
        var sorted = await SortedRunsAsync(db, id, cancellationToken).ConfigureAwait(false);
        return ImportedLineages.Place([
            .. rows.GroupBy(row => row.Run)
                .SelectMany(one => sorted.Contains(one.Key) ? one.OrderBy(row => row.Number) : one.AsEnumerable())
                .Select(row => (row, CheckedRecords.Of(row, bases))),
        ]);
    }

    // In the order in which the checks saw them at import.
    private static async Task<HashSet<int>> SortedRunsAsync(
        ImportsDb db,
        int id,
        CancellationToken cancellationToken
    ) =>
        await db.Sets.AsNoTracking().SingleOrDefaultAsync(set => set.Id == id, cancellationToken).ConfigureAwait(false)
            is { } set
            ? [.. ImportFile.ReadReport(set).Runs.Where(one => one.SortedByNumber).Select(one => one.Number)]
            : [];

    // The same words as in the check at import, so that arms that computed their return differently are not compared.
    private static (string First, string Second)? Bases(IEnumerable<ImportedIteration> rows)
    {
        var (json, full) = (new ReturnBasis(), new ReturnBasis());
        foreach (var row in rows)
        {
            if (row is { Kind: IterationKind.Generated, ArmUndeclared: not true })
            {
                (row.AssignedMode == GenerationMode.Json ? json : full).Add(
                    row.TotalReturn,
                    row.CalmarRatio,
                    row.MaxDrawdown
                );
            }
        }

        return ReturnBasis.Difference(json, full);
    }
}
