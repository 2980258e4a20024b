using System.Globalization;
using Microsoft.Data.Sqlite;
using RolloutDashboard.Core.Rollouts;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Recovery;

/// <summary>Before anything else touches the database at start: finishes a killed restore, and restores a file that is damaged, missing or older than it was.</summary>
public sealed class RecoverAtStart(DataDirectory data, CheckDatabase checkDatabase, RestoreDatabase restoreDatabase, BackUpDatabase backUpDatabase, DecisionJournal journal, ClaimedNumbers claimed)
{
    /// <returns>The restore that took place; null when all was well.</returns>
    /// <exception cref="NoGoodBackupException">The database is damaged or gone, and there is nothing to restore from.</exception>
    public async Task<RestoreResult?> ExecuteAsync(CancellationToken cancellationToken)
    {
        if (await restoreDatabase.FinishAsync(cancellationToken).ConfigureAwait(false) is { } finished)
        {
            return finished;
        }

        if (!File.Exists(data.Database) || new FileInfo(data.Database).Length == 0)
        {
            return await MissingAsync(cancellationToken).ConfigureAwait(false);
        }

        if (!(await checkDatabase.QuickAsync(cancellationToken).ConfigureAwait(false)).IsSound
            && await checkDatabase.ConfirmAsync(cancellationToken).ConfigureAwait(false) is { } damage)
        {
            return await RestoreAsync($"The database was found damaged at start ({damage.Faults[0]}).", null, cancellationToken).ConfigureAwait(false);
        }

        if (OlderThan() is not { } older)
        {
            return null;
        }

        // Somebody put an old file into its place: that is a restore, and every restore starts with JSON off.
        var present = await backUpDatabase.ExecuteAsync("found-at-start", cancellationToken).ConfigureAwait(false);
        return await RestoreAsync(older, present.Path, cancellationToken).ConfigureAwait(false);
    }

    private Task<RestoreResult> RestoreAsync(string reason, string? from, CancellationToken cancellationToken) =>
        restoreDatabase.ExecuteAsync(new RestoreRequest("system", reason, IsDamaged: from is null, from), cancellationToken);

    private async Task<RestoreResult?> MissingAsync(CancellationToken cancellationToken)
    {
        if (BackupFile.List(data).Count > 0)
        {
            return await RestoreAsync("The database file was gone at start.", null, cancellationToken).ConfigureAwait(false);
        }

        var (records, _) = JournalReading.Of(journal);
        return records.Count == 0 ? null : throw new NoGoodBackupException(string.Create(
            CultureInfo.InvariantCulture,
            $"{data.Journal} holds {records.Count} decisions, but there is neither a database nor a backup. Put a backup into {data.Backups}, or move the journal away to begin anew."));
    }

    private string? OlderThan()
    {
        var (records, _) = JournalReading.Of(journal);
        using var connection = DatabaseCheck.Read(data.Database);
        if (Ask(connection, "SELECT COUNT(*) FROM sqlite_master WHERE name IN ('Decisions', 'IterationCounters', 'Rollouts')") < 3 || Ask(connection, "SELECT MAX(Id) FROM Rollouts") is not (> 0 and var rollout))
        {
            return null;
        }

        var (decided, written) = (Ask(connection, "SELECT MAX(Sequence) FROM Decisions"), records.Count == 0 ? 0 : records[^1].Sequence);
        if (written > decided)
        {
            return string.Create(CultureInfo.InvariantCulture, $"The database found at start is older than its journal: it ends with decision {decided}, the journal with {written}.");
        }

        // A number is noted just before its claim is committed, so the note may be ahead by one.
        var known = claimed.Highest((int)rollout, RolloutEnvironment.Production) ?? 0;
        var next = Ask(connection, $"SELECT Next FROM IterationCounters WHERE RolloutId = {rollout} AND Name = 'Production'");
        return known > Math.Max(next, 1)
            ? string.Create(CultureInfo.InvariantCulture, $"The database found at start is older than its iterations: its next number is {next}, but {known} had been given out.")
            : null;
    }

    private static long Ask(SqliteConnection connection, string query)
    {
        using var command = connection.CreateCommand();
        command.CommandText = query;
        return command.ExecuteScalar() is { } value and not DBNull ? Convert.ToInt64(value, CultureInfo.InvariantCulture) : 0;
    }
}
