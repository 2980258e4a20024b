using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Decisions;
using RolloutDashboard.Core.Recovery.Restores;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Storage.Files;
using RolloutDashboard.Core.Storage.Sqlite;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Recovery;

/// <summary>Checks what the product's word rests on: the file, both copies of the decision chain and their agreement,
/// and the numbers of iterations.</summary>
public sealed class VerifyRecords(DataDirectory data, DecisionJournal journal)
{
    public async Task<IReadOnlyList<VerifiedFact>> ExecuteAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(data.Database))
        {
            return [new VerifiedFact(false, $"There is no database at {data.Database}.")];
        }

        var check = await Task.Run(() => DatabaseCheck.Full(data.Database), cancellationToken).ConfigureAwait(false);
        var facts = new List<VerifiedFact>
        {
            new(
                check.IsSound,
                check.IsSound
                    ? "Database file: passes its integrity check."
                    : $"Database file: damaged: {string.Join("; ", check.Faults)}"
            ),
        };
        var (written, unreadable) = JournalReading.Of(journal);
        facts.Add(unreadable is null ? Chain("Journal", written) : new VerifiedFact(false, $"Journal: {unreadable}"));
        try
        {
            await AddDatabaseFactsAsync(facts, written, cancellationToken).ConfigureAwait(false);
        }
        catch (SqliteException exception)
        {
            facts.Add(new VerifiedFact(false, $"Database: can't be read: {exception.Message}"));
        }

        return facts;
    }

    /// <summary>Compares both copies; pure.</summary>
    internal static VerifiedFact Agreement(
        IReadOnlyList<DecisionRecord> decisions,
        IReadOnlyList<DecisionRecord> written
    )
    {
        if (Differing(decisions, written) is { } other)
        {
            return Disagreement($"Agreement: database and journal differ in decision {other.Sequence}.");
        }

        var (last, anchored) = (
            decisions.Count == 0 ? 0 : decisions[^1].Sequence,
            written.Count == 0 ? 0 : written[^1].Sequence
        );
        if (anchored > last)
        {
            return Disagreement(
                $"Agreement: decisions {last + 1} to {anchored} are in the journal and not in the database."
            );
        }

        if (last > 0 && anchored == 0)
        {
            return Disagreement($"Agreement: the journal is empty, though the database holds {last} decisions.");
        }

        return new VerifiedFact(
            true,
            anchored == last
                ? "Agreement: database and journal say the same."
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"Agreement: the journal ends at decision {anchored} of {last}; the next start adds the rest."
                )
        );
    }

    private static DecisionRecord? Differing(
        IReadOnlyList<DecisionRecord> decisions,
        IReadOnlyList<DecisionRecord> written
    )
    {
        var hashes = decisions.ToDictionary(record => record.Sequence, record => record.Hash);
        return written.FirstOrDefault(record =>
            hashes.TryGetValue(record.Sequence, out var hash) && hash != record.Hash
        );
    }

    private static VerifiedFact Disagreement(FormattableString text) => new(false, FormattableString.Invariant(text));

    private static VerifiedFact Chain(string name, IReadOnlyList<DecisionRecord> records)
    {
        var faults = DecisionChain.Verify(records).Select(fault => fault.Message).ToList();
        return new VerifiedFact(
            faults.Count == 0,
            faults.Count == 0
                ? string.Create(CultureInfo.InvariantCulture, $"{name}: {records.Count} decisions, the chain is whole.")
                : $"{name}: {string.Join("; ", faults)}."
        );
    }

    private async Task AddDatabaseFactsAsync(
        List<VerifiedFact> facts,
        IReadOnlyList<DecisionRecord> written,
        CancellationToken cancellationToken
    )
    {
        var options = new DbContextOptionsBuilder<SqliteRolloutDb>();
        StorageServices.Configure(options, data.Database, pooling: false);
        await using var db = new SqliteRolloutDb(options.Options);
        var decisions = await db
            .Decisions.OrderBy(record => record.Sequence)
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);
        facts.Add(Chain("Database", decisions));
        facts.Add(Agreement(decisions, written));
        await AddNumberFactsAsync(facts, db, cancellationToken).ConfigureAwait(false);
    }

    private static async Task AddNumberFactsAsync(
        List<VerifiedFact> facts,
        SqliteRolloutDb db,
        CancellationToken cancellationToken
    )
    {
        var numbers = await db
            .Iterations.GroupBy(row => new { row.RolloutId, row.Environment })
            .Select(rows => new
            {
                rows.Key.RolloutId,
                rows.Key.Environment,
                Count = rows.LongCount(),
                First = rows.Min(row => row.Number),
                Last = rows.Max(row => row.Number),
                Lost = rows.Count(row => row.Status == IterationStatus.Lost),
            })
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);
        facts.AddRange(
            numbers.Select(row =>
                row.First == 1 && row.Last == row.Count
                    ? new VerifiedFact(
                        true,
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"Iterations: {row.Environment} of rollout {row.RolloutId} has 1 to {row.Last}, none missing, {row.Lost} lost."
                        )
                    )
                    : new VerifiedFact(
                        false,
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"Iterations: {row.Environment} of rollout {row.RolloutId} has {row.Count} from {row.First} to {row.Last}; some are missing."
                        )
                    )
            )
        );
    }
}
