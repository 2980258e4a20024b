using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace RolloutDashboard.Core.Import;

/// <summary>Reads a history that another loop has written, checks it, and keeps it as a data set of its own.</summary>
public sealed class ImportFile(TimeProvider clock)
{
    private const int ListedProblems = 200;
    private static readonly JsonSerializerOptions Lenient = new() { NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals };

    /// <summary>Reads and checks without keeping anything.</summary>
    /// <exception cref="ImportException">The file as a whole can't be read.</exception>
    public static ImportReport Preview(string file, ImportOptions options, CancellationToken cancellationToken) =>
        Read(file, options, HashOf(file, options), _ => { }, cancellationToken);

    /// <summary>Imports the good records in one transaction; the same file again changes nothing.</summary>
    /// <exception cref="ImportException">The file can't be imported; nothing was changed.</exception>
    public async Task<ImportReport> ExecuteAsync(string file, string database, ImportOptions options, CancellationToken cancellationToken)
    {
        var hash = HashOf(file, options);
        await using var db = await ImportsDb.OpenAsync(database, cancellationToken).ConfigureAwait(false);
        if (await db.Sets.FirstOrDefaultAsync(set => set.Hash == hash, cancellationToken).ConfigureAwait(false) is { } known)
        {
            return JsonSerializer.Deserialize<ImportReport>(known.ReportJson, Lenient)! with { SetId = known.Id, WasThere = true };
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        var kept = new ImportedSet { Name = Path.GetFileName(file), Hash = hash, Bytes = new FileInfo(file).Length, ImportedAt = clock.GetUtcNow(), ReportJson = "" };
        db.Sets.Add(kept);
        await db.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        ImportReport report;
        using (var rows = new ImportedRowWriter(db))
        {
            report = await Task.Run(() => Read(file, options, hash, record => rows.Write(kept.Id, record), cancellationToken), cancellationToken).ConfigureAwait(false);
        }

        Refuse(report);
        (kept.Records, kept.Problems, kept.ReportJson) = (report.Records, report.ProblemCount, JsonSerializer.Serialize(report, Lenient));
        await db.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        return report with { SetId = kept.Id };
    }

    private static void Refuse(ImportReport report)
    {
        if (report.WithoutZone > 0)
        {
            throw new ImportException(string.Create(CultureInfo.InvariantCulture, $"{report.WithoutZone} timestamps name no time zone. Say which it is, for example --zone Asia/Taipei; nothing was imported."));
        }

        if (report.Records == 0)
        {
            throw new ImportException("No record could be read; nothing was imported." + (report.Problems.Count > 0 ? $" Line {report.Problems[0].Line}: {report.Problems[0].Reason}" : ""));
        }
    }

    private static ImportReport Read(string file, ImportOptions options, string hash, Action<DerivedRecord> keep, CancellationToken cancellationToken)
    {
        using var stream = Open(file, options);
        var splitter = new RecordSplitter(stream, options);
        var parser = new RecordParser(options.Depth);
        var derivation = new RecordDerivation(options);
        var problems = new List<ImportProblem>();
        var runs = new List<ImportedRun>();
        RunSummary? run = null;
        var (records, bad) = (0L, 0L);
        splitter.ForEach((text, line, isCut, problem) =>
        {
            var (declared, fault) = problem is null ? parser.Parse(text) : (null, problem);
            if (declared is null)
            {
                bad++;
                if (problems.Count < ListedProblems)
                {
                    problems.Add(new ImportProblem(line, isCut && problem is null ? $"The file ends in the middle of this record: {fault}" : fault!));
                }

                return;
            }

            var record = derivation.Derive(declared, line);
            if (run is null || run.Number != record.Run)
            {
                AddFinished(runs, run);
                run = new RunSummary(record.Run, options);
            }

            run.Add(record);
            keep(record);
            records++;
        }, cancellationToken);
        AddFinished(runs, run);
        return new ImportReport
        {
            Name = Path.GetFileName(file),
            Bytes = stream.Length,
            Hash = hash,
            Layout = splitter.Layout,
            Records = records,
            ProblemCount = bad,
            Problems = problems,
            Runs = runs,
            UnknownFields = parser.Unknown,
            WithoutZone = derivation.WithoutZone,
        };
    }

    private static void AddFinished(List<ImportedRun> runs, RunSummary? run)
    {
        if (run is not null)
        {
            runs.Add(run.Finish());
        }
    }

    private static FileStream Open(string file, ImportOptions options)
    {
        if (!File.Exists(file))
        {
            throw new ImportException($"There is no file {file}.");
        }

        var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);
        if (stream.Length <= options.LargestFile)
        {
            return stream;
        }

        var length = stream.Length;
        stream.Dispose();
        throw new ImportException(string.Create(CultureInfo.InvariantCulture, $"The file has {length:#,0} bytes; at most {options.LargestFile:#,0} are imported. Split it."));
    }

    // What was said about the file is part of it: the same records as another arm are another set.
    private static string HashOf(string file, ImportOptions options)
    {
        using var stream = Open(file, options);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{options.Arm}|{options.Zone?.Id}|{options.Share}\n")));
        var buffer = new byte[1024 * 1024];
        int read;
        while ((read = stream.Read(buffer)) > 0)
        {
            hash.AppendData(buffer, 0, read);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
