using RolloutDashboard.Core.Decisions;

namespace RolloutDashboard.Core.Monitoring.Audit;

/// <summary>What checking the decision chain found.</summary>
/// <param name="Records">In the database.</param>
/// <param name="JournalRecords">In the journal file.</param>
/// <param name="Faults">Empty when chain and journal agree.</param>
/// <param name="Head">Hash of the newest record, to keep elsewhere; null without records.</param>
public sealed record ChainCheck(int Records, int JournalRecords, IReadOnlyList<ChainFault> Faults, string? Head)
{
    public bool IsIntact => Faults.Count == 0;
}
