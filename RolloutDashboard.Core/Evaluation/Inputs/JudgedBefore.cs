using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Evaluation.Inputs;

/// <summary>Which iterations before its attempt an assessment saw, so that the same can be put together again
/// later.</summary>
/// <param name="From">Lowest number; 0 for none.</param>
/// <param name="Rows">Highest number, and those that had not ended.</param>
public sealed record JudgedBefore(long From, EvidenceSnapshot Rows)
{
    /// <returns>Null where nothing was seen.</returns>
    public static JudgedBefore? Of(IReadOnlyList<EvidenceRow> rows) =>
        rows.Count == 0
            ? null
            : new JudgedBefore(
                rows.Min(row => row.Number),
                new EvidenceSnapshot(
                    0,
                    rows.Max(row => row.Number),
                    [.. rows.Where(row => row.Status == IterationStatus.Running).Select(row => row.Number).Order()]
                )
            );

    /// <param name="rows">Production rows of other attempts, as they are now.</param>
    public IReadOnlyList<EvidenceRow> AsSeen(IEnumerable<EvidenceRow> rows) =>
        Rows.AsSeen(rows.Where(row => row.Number >= From).OrderBy(row => row.Number));
}
