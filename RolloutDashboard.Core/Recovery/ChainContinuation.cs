using RolloutDashboard.Core.Decisions;
using RolloutDashboard.Core.Storage.Entities;

namespace RolloutDashboard.Core.Recovery;

/// <summary>What the journal adds to the decisions of an older database.</summary>
/// <param name="Missing">Decisions that follow the database's last one, in order.</param>
/// <param name="Fault">Why the journal can't continue the database further; null when it does to its end.</param>
public sealed record ChainContinuation(IReadOnlyList<DecisionRecord> Missing, string? Fault)
{
    /// <param name="last">Last decision of the database; null without any.</param>
    /// <param name="journal">The journal's records, in order.</param>
    public static ChainContinuation Of(DecisionRecord? last, IReadOnlyList<DecisionRecord> journal)
    {
        var sequence = last?.Sequence ?? 0;
        if (journal.FirstOrDefault(record => record.Sequence == sequence) is { } same && same.Hash != last!.Hash)
        {
            return new ChainContinuation([], $"the journal and the database differ in decision {sequence}");
        }

        var (missing, previous) = (new List<DecisionRecord>(), last);
        foreach (var record in journal.Where(record => record.Sequence > sequence))
        {
            if (
                record.Sequence != (previous?.Sequence ?? 0) + 1
                || record.PreviousHash != (previous?.Hash ?? DecisionChain.Origin)
                || record.Hash != DecisionChain.HashOf(record)
            )
            {
                return new ChainContinuation(missing, $"the journal breaks at decision {record.Sequence}");
            }

            missing.Add(record);
            previous = record;
        }

        return new ChainContinuation(missing, null);
    }
}
