using RolloutDashboard.Core.Rollouts.Gates;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Evidence;

/// <summary>A data set that was imported.</summary>
/// <param name="Id">Number in the imports database.</param>
public sealed record ImportedHistory(int Id, string Name, DateTimeOffset ImportedAt, long Records);

/// <summary>Imported histories as evidence sees them; the import room gives them.</summary>
public interface IImportedHistories
{
    /// <summary>Latest first.</summary>
    Task<IReadOnlyList<ImportedHistory>> ListAsync(CancellationToken cancellationToken);

    /// <summary>The records of a data set in the order of the file, at most <paramref name="limit"/> of them.</summary>
    /// <param name="run">1-based run in the file; null for all.</param>
    Task<IReadOnlyList<CheckedIteration>> ReadAsync(int id, int? run, int limit, CancellationToken cancellationToken);
}

/// <summary>From what the checks see to what gates see.</summary>
internal static class CheckedRows
{
    public static EvidenceRow Of(CheckedIteration one) => Of(one, one.Segment);

    /// <param name="segment">What it is stratified by.</param>
    public static EvidenceRow Of(CheckedIteration one, string segment) => new()
    {
        Number = one.Number,
        AssignedMode = one.AssignedMode,
        // What differs without a recorded fallback is a finding, and no failure of the arm.
        EffectiveMode = one.EffectiveMode == one.AssignedMode || one.FallbackRecorded ? one.EffectiveMode : null,
        Kind = one.Kind,
        Status = one.Status,
        Cancellation = one.Cancellation,
        Level = one.Level,
        SharpeRatio = one.SharpeRatio,
        TotalReturn = one.TotalReturn,
        Fingerprint = one.Fingerprint,
        StartedAt = one.StartedAt ?? default,
        EndedAt = HistoryTime.Add(one.StartedAt, one.Duration),
        SegmentKey = segment,
        ConfiguredShare = one.ConfiguredShare,
    };
}
