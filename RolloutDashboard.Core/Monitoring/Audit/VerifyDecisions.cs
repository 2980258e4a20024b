using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Decisions;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;

namespace RolloutDashboard.Core.Monitoring.Audit;

/// <summary>Checks order, links and hashes of all decisions, and that the journal outside the database says the
/// same.</summary>
public sealed class VerifyDecisions(IDbContextFactory<RolloutDb> databases, DecisionJournal journal)
{
    public async Task<ChainCheck> ExecuteAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var records = await db
            .Decisions.OrderBy(row => row.Sequence)
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);
        IReadOnlyList<DecisionRecord> written;
        try
        {
            written = journal.Read();
        }
        catch (JsonException exception)
        {
            return new ChainCheck(
                records.Count,
                0,
                [
                    .. DecisionChain.Verify(records),
                    new ChainFault(0, $"the journal can't be read: {exception.Message}"),
                ],
                records.LastOrDefault()?.Hash
            );
        }

        return new ChainCheck(
            records.Count,
            written.Count,
            [.. DecisionChain.Verify(records), .. Compare(records, written)],
            records.LastOrDefault()?.Hash
        );
    }

    /// <summary>Where database and journal differ.</summary>
    public static IEnumerable<ChainFault> Compare(
        IReadOnlyList<DecisionRecord> records,
        IReadOnlyList<DecisionRecord> journal
    )
    {
        var inDatabase = records.ToDictionary(row => row.Sequence, row => row.Hash);
        var inJournal = new Dictionary<long, string>();
        foreach (var row in journal)
        {
            if (!inJournal.TryAdd(row.Sequence, row.Hash))
            {
                yield return new ChainFault(row.Sequence, $"record {row.Sequence} stands twice in the journal");
            }
        }

        foreach (var (sequence, hash) in inDatabase)
        {
            if (!inJournal.TryGetValue(sequence, out var written))
            {
                yield return new ChainFault(sequence, $"record {sequence} is missing from the journal");
            }
            else if (written != hash)
            {
                yield return new ChainFault(sequence, $"record {sequence} differs between database and journal");
            }
        }

        foreach (var sequence in inJournal.Keys.Where(sequence => !inDatabase.ContainsKey(sequence)))
        {
            yield return new ChainFault(sequence, $"record {sequence} is in the journal but not in the database");
        }
    }
}
