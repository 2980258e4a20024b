using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Evidence;
using RolloutDashboard.Core.Evidence.Histories;
using RolloutDashboard.Core.Import.Records;
using RolloutDashboard.Core.Import.Tables;
using RolloutDashboard.Core.Storage.Files;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Import;

/// <summary>Gives imported data sets to comparison and replay.</summary>
public sealed class ReadImportedHistories(DataDirectory data) : IImportedHistories
{
    public async Task<IReadOnlyList<ImportedHistory>> ListAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(data.Imports))
        {
            return [];
        }

        await using var db = await ImportsDb.OpenAsync(data, cancellationToken).ConfigureAwait(false);
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

        await using var db = await ImportsDb.OpenAsync(data, cancellationToken).ConfigureAwait(false);
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
        return
        [
            .. rows.GroupBy(row => row.Run)
                .SelectMany(one => sorted.Contains(one.Key) ? one.OrderBy(row => row.Number) : one.AsEnumerable())
                .Select(row => Checked(row, bases)),
        ];
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

    // By the level that was computed, never by the one that was declared.
    private static CheckedIteration Checked(ImportedIteration row, (string First, string Second)? bases) =>
        new()
        {
            Number = row.Number,
            AssignedMode = row.AssignedMode,
            ArmUndeclared = row.ArmUndeclared == true,
            ChampionSharpe = row.ChampionSharpe,
            EffectiveMode = row.EffectiveMode,
            ContentMode = row.ContentMode,
            Kind = row.Kind,
            Level = row.Level,

            // The level was computed from it: Level 0 is what did not execute, and nothing else.
            Executed = row.Level != SuccessLevel.Failed,
            SharpeRatio = row.SharpeRatio,
            TotalReturn = row.TotalReturn ?? row.AnnualReturn,
            MaxDrawdown = row.MaxDrawdown,
            Fingerprint = row.Fingerprint,
            TemplateName = row.TemplateName,
            ErrorSignature = row.ErrorSignature,
            MetricBasis = row switch
            {
                { TotalReturn: not null } => bases is { } differ
                    ? row.AssignedMode == GenerationMode.Json
                        ? differ.First
                        : differ.Second
                    : "total return",
                { AnnualReturn: not null } => CheckedIteration.AnnualReturn,
                _ => null,
            },
            StartedAt = row.At,
            Duration =
                row.ExecutionSeconds is { } seconds && double.IsFinite(seconds) && seconds is >= 0 and < 1e9
                    ? TimeSpan.FromSeconds(seconds)
                    : null,
        };
}
