using RolloutDashboard.Core.Gates.Inputs;

namespace RolloutDashboard.Core.Evidence.Histories;

/// <summary>From what the checks see to what gates see.</summary>
internal static class CheckedRows
{
    public static EvidenceRow Of(CheckedIteration one) => Of(one, one.Segment);

    /// <param name="segment">What it is stratified by.</param>
    public static EvidenceRow Of(CheckedIteration one, string segment) =>
        new()
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
            Lineage = one.Lineage,
            LineagePosition = one.LineagePosition,
        };
}
