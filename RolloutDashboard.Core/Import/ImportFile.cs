using System.Data.Common;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Import.Reports;
using RolloutDashboard.Core.Import.Tables;
using RolloutDashboard.Core.Storage;

namespace RolloutDashboard.Core.Import;

/// <summary>Reads a history that another loop has written, checks it, and keeps it as a data set of its own.</summary>
public sealed class ImportFile(TimeProvider clock, IDatabaseProvider engine)
{
    internal static JsonSerializerOptions Lenient { get; } =
        new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    /// <summary>Reads and checks without keeping anything.</summary>
    /// <exception cref="ImportException">The file as a whole can't be read.</exception>
    public static ImportReport Preview(string file, ImportOptions options, CancellationToken cancellationToken) =>
        Preview(file, options, progress: null, cancellationToken);

    /// <summary>Reads and checks without keeping anything, and tells how far it is.</summary>
    /// <exception cref="ImportException">The file as a whole can't be read.</exception>
    public static ImportReport Preview(
        string file,
        ImportOptions options,
        IProgress<ImportProgress>? progress,
        CancellationToken cancellationToken
    ) =>
        new ReadHistory(options, FileHash.Of(file, options, cancellationToken), progress).Execute(
            file,
            _ => { },
            cancellationToken
        );

    /// <summary>Imports the good records in one transaction; the same file again changes nothing.</summary>
    /// <exception cref="ImportException">The file can't be imported; nothing was changed.</exception>
    public Task<ImportReport> ExecuteAsync(
        string file,
        string database,
        ImportOptions options,
        CancellationToken cancellationToken
    ) =>
        ExecuteAsync(file, database, options, Path.GetFileName(file), progress: null, mayKeep: null, cancellationToken);

    /// <summary>Imports a file that another name was given to, and tells how far it is.</summary>
    /// <param name="mayKeep">Asked when all is read, right before it is kept: whoever asked for it may have lost the
    /// right to meanwhile.</param>
    /// <exception cref="ImportException">The file can't be imported; nothing was changed.</exception>
    public async Task<ImportReport> ExecuteAsync(
        string file,
        string database,
        ImportOptions options,
        string name,
        IProgress<ImportProgress>? progress,
        Func<CancellationToken, Task<bool>>? mayKeep,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var asked = new AskedImport(
                file,
                options,
                name,
                FileHash.Of(file, options, cancellationToken),
                progress,
                mayKeep
            );
            return await ImportAsync(asked, database, cancellationToken).ConfigureAwait(false);
        }
        catch (DbException exception) when (engine.FaultOf(exception) is { Kind: DatabaseFaultKind.Busy })
        {
            throw new ImportException(
                "Another import or deletion is writing to the data sets at the moment. Try again when it has ended; nothing was changed."
            );
        }
    }

    private async Task<ImportReport> ImportAsync(
        AskedImport asked,
        string database,
        CancellationToken cancellationToken
    )
    {
        await using var db = await ImportsDb.OpenAsync(engine, database, cancellationToken).ConfigureAwait(false);
        if (await KnownAsync(db, asked.Hash, cancellationToken).ConfigureAwait(false) is { } known)
        {
            return known;
        }

        await db.Database.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await engine.BeginBulkAsync(db, cancellationToken).ConfigureAwait(false);
        ImportReport report;
        await using (var transaction = await engine.BeginWriteAsync(db, cancellationToken).ConfigureAwait(false))
        {
            // Another process may have imported it while this one waited for its turn.
            if (await KnownAsync(db, asked.Hash, cancellationToken).ConfigureAwait(false) is { } meanwhile)
            {
                return meanwhile;
            }

            report = await AddSetAsync(db, asked, cancellationToken).ConfigureAwait(false);
            await RequireAccessAsync(asked, cancellationToken).ConfigureAwait(false);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        }

        await engine.EndBulkAsync(db).ConfigureAwait(false);
        return report;
    }

    private async Task<ImportReport> AddSetAsync(ImportsDb db, AskedImport asked, CancellationToken cancellationToken)
    {
        var kept = new ImportedSet
        {
            Name = asked.Name,
            Hash = asked.Hash.WithOptions,
            Bytes = new FileInfo(asked.File).Length,
            ImportedAt = clock.GetUtcNow(),
            ReportJson = "",
        };
        db.Sets.Add(kept);
        await db.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        var report = ReadInto(db, kept.Id, asked, cancellationToken) with { Name = asked.Name };
        Refuse(report);
        report = RepeatedSets.Named(report, await OthersAsync(db, kept.Id, cancellationToken).ConfigureAwait(false));
        (kept.Records, kept.Problems, kept.ReportJson) = (
            report.Records,
            report.ProblemCount,
            JsonSerializer.Serialize(report, Lenient)
        );
        await db.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        return report with { SetId = kept.Id };
    }

    private static async Task RequireAccessAsync(AskedImport asked, CancellationToken cancellationToken)
    {
        if (asked.MayKeep is not null && !await asked.MayKeep(cancellationToken).ConfigureAwait(false))
        {
            throw new ImportException("The access of whoever sent this file has ended meanwhile, so nothing was kept.");
        }
    }

    /// <summary>A preview's report, with what other data sets hold of it already.</summary>
    public async Task<ImportReport> WithRepeatsAsync(
        ImportReport report,
        string database,
        CancellationToken cancellationToken
    )
    {
        if (!File.Exists(database))
        {
            return report;
        }

        await using var db = await ImportsDb.OpenAsync(engine, database, cancellationToken).ConfigureAwait(false);
        return RepeatedSets.Named(report, await OthersAsync(db, 0, cancellationToken).ConfigureAwait(false));
    }

    private static async Task<IReadOnlyList<(int Id, string Name, ImportReport Report)>> OthersAsync(
        ImportsDb db,
        int id,
        CancellationToken cancellationToken
    ) =>
        [
            .. (
                await db
                    .Sets.AsNoTracking()
                    .Where(set => set.Id != id)
                    .ToListAsync(cancellationToken)
                    .ConfigureAwait(false)
            ).Select(set => (set.Id, set.Name, ReadReport(set))),
        ];

    private static ImportReport ReadInto(ImportsDb db, int set, AskedImport asked, CancellationToken cancellationToken)
    {
        using var rows = new ImportedRowWriter(db);
        using var pipe = new BoundedRecordQueue(record => rows.Write(set, record), cancellationToken);
        ImportReport report;
        try
        {
            report = new ReadHistory(asked.Options, asked.Hash, asked.Progress).Execute(
                asked.File,
                pipe.Add,
                cancellationToken
            );
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The writer failed; what it threw says why.
            pipe.Finish();
            throw;
        }

        pipe.Finish();
        return report;
    }

    private static async Task<ImportReport?> KnownAsync(
        ImportsDb db,
        FileHash hash,
        CancellationToken cancellationToken
    )
    {
        var known = await db
            .Sets.FirstOrDefaultAsync(set => set.Hash == hash.WithOptions, cancellationToken)
            .ConfigureAwait(false);
        return known is null ? null : ReadReport(known) with { WasThere = true };
    }

    /// <summary>What was understood of a kept set.</summary>
    internal static ImportReport ReadReport(ImportedSet set) =>
        JsonSerializer.Deserialize<ImportReport>(set.ReportJson, Lenient)! with
        {
            SetId = set.Id,
        };

    private static void Refuse(ImportReport report)
    {
        if (report.Refusal is { } reason)
        {
            throw new ImportException($"{reason} Nothing was imported.");
        }
    }

    private sealed record AskedImport(
        string File,
        ImportOptions Options,
        string Name,
        FileHash Hash,
        IProgress<ImportProgress>? Progress,
        Func<CancellationToken, Task<bool>>? MayKeep
    );
}
