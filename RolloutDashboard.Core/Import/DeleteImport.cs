using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Decisions;
using RolloutDashboard.Core.Import.Tables;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Files;

namespace RolloutDashboard.Core.Import;

/// <summary>Takes an imported data set away; the decision record keeps what it was.</summary>
public sealed class DeleteImport(
    Transitions transitions,
    IDatabaseProvider engine,
    DataDirectory data,
    IImportQueries imports
)
{
    /// <returns>Refused where there is no such set, or where another import is writing.</returns>
    public async Task<TransitionResult> ExecuteAsync(int id, string actor, CancellationToken cancellationToken)
    {
        if (await imports.FindAsync(id, cancellationToken).ConfigureAwait(false) is not { } set)
        {
            return new TransitionResult(
                false,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"There is no data set {id}; somebody may have deleted it meanwhile."
                )
            );
        }

        try
        {
            return await DeleteRecordedAsync(set, id, actor, cancellationToken).ConfigureAwait(false);
        }
        catch (DbException exception) when (engine.FaultOf(exception) is { Kind: DatabaseFaultKind.Busy })
        {
            return new TransitionResult(
                false,
                "An import is writing to the data sets at the moment. Delete when it has ended; nothing was changed."
            );
        }
    }

    private async Task<TransitionResult> DeleteRecordedAsync(
        ImportedSetView set,
        int id,
        string actor,
        CancellationToken cancellationToken
    )
    {
        await using var db = await ImportsDb.OpenAsync(engine, data, cancellationToken).ConfigureAwait(false);
        await using var transaction = await engine.BeginWriteAsync(db, cancellationToken).ConfigureAwait(false);
        await RemoveAsync(db, id, cancellationToken).ConfigureAwait(false);

        // The record before the commit: a deletion that nobody recorded is worse than a record of one that has to be
        // repeated.
        var result = await transitions
            .ApplyAsync(
                seenVersion: null,
                (_, _, _) => Task.FromResult<(DecisionDraft?, string)>((Draft(set, actor), Words(set))),
                cancellationToken
            )
            .ConfigureAwait(false);
        if (result.Succeeded)
        {
            await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
        }

        return result;
    }

    private static async Task RemoveAsync(ImportsDb db, int id, CancellationToken cancellationToken)
    {
        await db.Iterations.Where(row => row.SetId == id).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        await db.Sets.Where(row => row.Id == id).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        await db
            .Database.ExecuteSqlRawAsync(
                "DELETE FROM \"Strategies\" WHERE \"Fingerprint\" NOT IN (SELECT \"Fingerprint\" FROM \"Iterations\" WHERE \"Fingerprint\" IS NOT NULL)",
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    private static DecisionDraft Draft(ImportedSetView set, string actor) =>
        new(
            "import-deleted",
            actor,
            Words(set),
            null,
            new
            {
                set.Id,
                set.Name,
                set.ImportedAt,
                set.Report.Records,
                set.Report.FileHash,
                findings = set.Report.Runs.Sum(run => run.Findings.Count),
            }
        );

    private static string Words(ImportedSetView set) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"The imported data set {set.Id} ({set.Name}, {set.Report.Records:#,0} records) is deleted."
        );
}
