using System.Globalization;
using Microsoft.Data.Sqlite;
using RolloutDashboard.Core.Decisions;
using RolloutDashboard.Core.Nodes;
using RolloutDashboard.Core.Recovery.Restores;
using RolloutDashboard.Core.Storage.Files;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Recovery;

/// <summary>Before anything else touches the database at start: finishes a killed restore, and restores a file that is
/// damaged, missing or older than it was.</summary>
public sealed class RecoverAtStart(
    DataDirectory data,
    CheckDatabase checkDatabase,
    RestoreDatabase restoreDatabase,
    BackUpDatabase backUpDatabase,
    DecisionJournal journal,
    ClaimedNumbers claimed,
    TimeProvider clock
)
{
    /// <returns>The restore that took place; null when all was well.</returns>
    /// <exception cref="NoGoodBackupException">The database is damaged or gone, and there is nothing to restore
    /// from.</exception>
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

        if (
            !(await checkDatabase.QuickAsync(cancellationToken).ConfigureAwait(false)).IsSound
            && await checkDatabase.ConfirmAsync(cancellationToken).ConfigureAwait(false) is { } damage
        )
        {
            return await RestoreAsync(
                    $"The database was found damaged at start ({damage.Faults[0]}).",
                    null,
                    cancellationToken
                )
                .ConfigureAwait(false);
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
        restoreDatabase.ExecuteAsync(
            new RestoreRequest("system", reason, IsDamaged: from is null, from),
            cancellationToken
        );

    private async Task<RestoreResult?> MissingAsync(CancellationToken cancellationToken)
    {
        if (BackupFile.List(data).Count > 0)
        {
            return await RestoreAsync("The database file was gone at start.", null, cancellationToken)
                .ConfigureAwait(false);
        }

        var (records, _) = JournalReading.Of(journal);
        return records.Count == 0
            ? null
            : throw new NoGoodBackupException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{data.Journal} holds {records.Count} decisions, but there is neither a database nor a backup. Put a backup into {data.Backups}, or move the journal away to begin anew."
                )
            );
    }

    private string? OlderThan()
    {
        var (records, _) = JournalReading.Of(journal);
        using var connection = DatabaseCheck.Read(data.Database);
        if (
            Ask(
                connection,
                "SELECT COUNT(*) FROM sqlite_master WHERE name IN ('Decisions', 'IterationCounters', 'Rollouts')"
            ) < 3
            || Ask(connection, "SELECT MAX(Id) FROM Rollouts") is not (> 0 and var rollout)
        )
        {
            return null;
        }

        var (decided, written) = (
            Ask(connection, "SELECT MAX(Sequence) FROM Decisions"),
            records.Count == 0 ? 0 : records[^1].Sequence
        );
        if (written > decided)
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"The database found at start is older than its journal: it ends with decision {decided}, the journal with {written}."
            );
        }

        return OlderThanItsNumbers(connection, (int)rollout);
    }

    // A number is noted just before its claim is committed, so the note may be ahead by one.
    private string? OlderThanItsNumbers(SqliteConnection connection, int rollout)
    {
        var next = Next(connection, rollout, RolloutEnvironment.Production);
        foreach (var environment in Enum.GetValues<RolloutEnvironment>())
        {
            var (recorded, noted) = (
                Next(connection, rollout, environment) - 1,
                claimed.Highest(rollout, environment) ?? 0
            );
            if (!ClaimedNumberCheck.IsPlausible(noted, recorded, LastClaim(connection), claimed.NotedAt))
            {
                Disbelieve(connection, rollout, noted, recorded);
                return null;
            }
        }

        var known = claimed.Highest(rollout, RolloutEnvironment.Production) ?? 0;
        return known > next
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"The database found at start is older than its iterations: its next number is {next}, but {known} had been given out."
            )
            : null;
    }

    private static long Next(SqliteConnection connection, int rollout, RolloutEnvironment environment) =>
        Math.Max(
            1,
            Ask(
                connection,
                $"SELECT Next FROM IterationCounters WHERE RolloutId = {rollout} AND Name = '{environment}'"
            )
        );

    private static DateTimeOffset? LastClaim(SqliteConnection connection) =>
        Math.Max(
            Ask(connection, "SELECT MAX(ClaimedAt) FROM Iterations"),
            Ask(connection, "SELECT MAX(StartedAt) FROM ProcessSessions")
        )
            is > 0
                and var ticks
            ? new DateTimeOffset(ticks, TimeSpan.Zero)
            : null;

    // Told in the database that it would have made old, then kept aside and mended; a kill in between repeats it.
    private void Disbelieve(SqliteConnection reading, int rollout, long noted, long recorded)
    {
        var now = clock.GetUtcNow();
        using (var connection = DatabaseCheck.Connect(data.Database))
        using (var command = connection.CreateCommand())
        {
            command.CommandText =
                "INSERT INTO Events (RolloutId, At, Severity, Source, Text) VALUES ($rollout, $at, $severity, 'recovery', $text)";
            command.Parameters.AddWithValue("$rollout", rollout);
            command.Parameters.AddWithValue("$at", now.UtcTicks);
            command.Parameters.AddWithValue("$severity", (int)AlertSeverity.Critical);
            command.Parameters.AddWithValue("$text", ClaimedNumberCheck.Told(noted, recorded));
            command.ExecuteNonQuery();
        }

        var mended = Enum.GetValues<RolloutEnvironment>()
            .Select(environment => (environment, Number: Next(reading, rollout, environment) - 1))
            .ToList();
        claimed.SetAside(now);
        mended.ForEach(one => claimed.Note(rollout, one.environment, one.Number));
    }

    private static long Ask(SqliteConnection connection, string query)
    {
        using var command = connection.CreateCommand();
        command.CommandText = query;
        return command.ExecuteScalar() is { } value and not DBNull
            ? Convert.ToInt64(value, CultureInfo.InvariantCulture)
            : 0;
    }
}
