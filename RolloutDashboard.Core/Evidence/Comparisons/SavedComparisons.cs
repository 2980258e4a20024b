using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Evidence.Comparisons.Reports;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Storage.Entities.Evidence;

namespace RolloutDashboard.Core.Evidence.Comparisons;

/// <summary>Keeps comparisons, lists them, and makes them again.</summary>
public sealed class SavedComparisons(
    IDbContextFactory<RolloutDb> databases,
    CompareSelections compareSelections,
    TimeProvider clock
)
{
    private const int Listed = 200;

    /// <summary>Keeps a comparison as it was shown, a refused one too: the reason is a result.</summary>
    /// <returns>The report's number.</returns>
    public async Task<long> ExecuteAsync(ComparisonResult shown, string actor, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var rollout = await db.CurrentRolloutAsync(cancellationToken).ConfigureAwait(false);
        var row = RecordOf(rollout, shown, actor, clock.GetUtcNow(), isOfAttempt: false);
        db.ComparisonReports.Add(row);
        await db.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        return row.Id;
    }

    /// <summary>Latest first, at most 200.</summary>
    public async Task<IReadOnlyList<SavedComparison>> ListAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        return await db
            .ComparisonReports.OrderByDescending(row => row.Id)
            .Take(Listed)
            .Select(row => new SavedComparison(
                row.Id,
                row.At,
                row.Actor,
                row.Title,
                row.Verdict,
                row.Hash,
                row.IsOfAttempt
            ))
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);
    }

    public async Task<SavedReport?> FindAsync(long id, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        if (
            await db
                .ComparisonReports.SingleOrDefaultAsync(row => row.Id == id, cancellationToken)
                .ConfigureAwait(false)
            is not { } row
        )
        {
            return null;
        }

        var inputs =
            row.InputsJson.Length == 0
                ? null
                : JsonSerializer.Deserialize<ComparedInputs>(row.InputsJson, CompareSelections.Options);
        var report = ReportOf(row);
        return new SavedReport(
            new SavedComparison(row.Id, row.At, row.Actor, row.Title, row.Verdict, row.Hash, row.IsOfAttempt),
            inputs,
            report,
            row.Json,
            row.Markdown
        );
    }

    /// <summary>The report of a kept comparison; null for one that an older version kept as text alone.</summary>
    internal static ComparisonReport? ReportOf(ComparisonReportRecord row)
    {
        if (row.InputsJson.Length == 0)
        {
            return null;
        }

        using var document = JsonDocument.Parse(row.Json);
        return document.RootElement.GetProperty("report").Deserialize<ComparisonReport>(CompareSelections.Options);
    }

    /// <summary>Makes a kept comparison again and compares the hashes.</summary>
    public async Task<Recomputed> AgainAsync(long id, CancellationToken cancellationToken)
    {
        if (
            await FindAsync(id, cancellationToken).ConfigureAwait(false)
            is not { Inputs: { } inputs, Report: { } before, Kept.Hash: var hash }
        )
        {
            return new Recomputed(
                false,
                "",
                "This report was made by an older version that kept no inputs; it can't be made again."
            );
        }

        var again = await compareSelections.AgainAsync(inputs, cancellationToken).ConfigureAwait(false);
        return again.Hash == hash
            ? new Recomputed(
                true,
                again.Hash,
                "Made again from the records as they are now: the same to the last digit."
            )
            : new Recomputed(
                false,
                again.Hash,
                before.Version == again.Report.Version
                    ? "Made again, it comes out otherwise: the records behind it have changed, or a data set was deleted."
                    : $"Made again, it comes out otherwise: version {before.Version} of the figures made it, and this is version {again.Report.Version}."
            );
    }

    internal static ComparisonReportRecord RecordOf(
        Rollout rollout,
        ComparisonResult made,
        string actor,
        DateTimeOffset now,
        bool isOfAttempt
    ) =>
        new()
        {
            RolloutId = rollout.Id,
            Stage = rollout.Stage,
            Attempt = rollout.Attempt,
            At = now,
            Actor = actor,
            IsOfAttempt = isOfAttempt,
            Title = $"{made.Report.First.Name} against {made.Report.Second.Name}",
            Verdict = made.Report.Verdict,
            InputsJson = JsonSerializer.Serialize(made.Inputs, CompareSelections.Options),
            Json = made.Json,
            Markdown = ComparisonMarkdown.Of(made.Report, made.Hash, head: null),
            Hash = made.Hash,
        };
}
