using System.Globalization;
using Microsoft.Data.Sqlite;
using RolloutDashboard.Core.Decisions;
using RolloutDashboard.Core.Nodes;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Files;

namespace RolloutDashboard.Core.Recovery.Restores;

/// <summary>Exchanges the database's file for one made from a backup; called again with the same intent, it does what
/// is still left to do.</summary>
public sealed class ExchangeDatabase(
    DataDirectory data,
    DatabaseAvailability gate,
    DatabaseHealth health,
    SalvageDecisionLog rescueDecisions,
    PrepareRestored prepareRestored,
    ReconcileDecisionLog levelJournal,
    IRolloutChanges changes
)
{
    private string Prepared => data.Database + ".restoring";

    /// <summary>Removes what an exchange without an intent has left behind.</summary>
    internal void RemovePrepared() => PrepareRestored.Remove(Prepared);

    internal async Task<RestoreResult> ExecuteAsync(RestoreIntent intent, CancellationToken cancellationToken)
    {
        RestoreResult result;
        if (IsDone(intent))
        {
            result = new RestoreResult(
                intent.From,
                null,
                0,
                0,
                $"The restore of {intent.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture)} had been completed."
            );
        }
        else
        {
            var kept = KeptFile(intent);
            await rescueDecisions.ExecuteAsync(cancellationToken).ConfigureAwait(false);
            result = await prepareRestored
                .ExecuteAsync(intent, Prepared, kept, cancellationToken)
                .ConfigureAwait(false);
            data.RequireSame();
            data.LetGoOfDatabase();
            SqliteConnection.ClearAllPools();
            MoveAside(kept);
            DurableFiles.Rename(Prepared, data.Database);
        }

        data.HoldDatabase();

        gate.Open();
        health.Clear();
        await levelJournal.ExecuteAsync(cancellationToken).ConfigureAwait(false);
        RestoreIntent.End(data);
        changes.Publish();
        return result;
    }

    // The restored database carries the intent's id: then only what follows the exchange is left to do.
    private bool IsDone(RestoreIntent intent)
    {
        try
        {
            return File.Exists(data.Database)
                && DatabaseCheck.Scalar(
                    data.Database,
                    $"SELECT COUNT(*) FROM Decisions WHERE Kind = '{DecisionKinds.Restored}' AND InputsJson LIKE '%{intent.Id}%'"
                ) > 0;
        }
        catch (SqliteException)
        {
            return false;
        }
    }

    private string KeptFile(RestoreIntent intent)
    {
        var kept = $"{data.Database}.{intent.Suffix}";
        for (var order = 2; File.Exists(data.Database) && File.Exists(kept); order++)
        {
            kept = string.Create(CultureInfo.InvariantCulture, $"{data.Database}.{intent.Suffix}.{order}");
        }

        return kept;
    }

    // What belongs to the old file must not be found beside the new one: SQLite would take its log for the new one's.
    private void MoveAside(string kept)
    {
        foreach (var suffix in new[] { "", "-wal", "-shm" })
        {
            if (File.Exists(data.Database + suffix))
            {
                DurableFiles.Rename(data.Database + suffix, kept + suffix);
            }
        }
    }
}
