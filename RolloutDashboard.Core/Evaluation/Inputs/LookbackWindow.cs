using RolloutDashboard.Core.Alerts;
using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Evaluation.Inputs;

/// <summary>What of the iterations before an attempt its alerts' windows can reach; pure.</summary>
public static class LookbackWindow
{
    /// <param name="rows">Since the last resume.</param>
    /// <param name="ended">End of the latest of them.</param>
    public static IReadOnlyList<EvidenceRow> Reached(
        IReadOnlyList<EvidenceRow> rows,
        DateTimeOffset ended,
        AlertThresholds thresholds
    )
    {
        var latest = rows.Where(row => row.Counts && row.AssignedMode == GenerationMode.Json)
            .Select(row => row.Number)
            .OrderDescending()
            .Take(Math.Max(thresholds.Latest, thresholds.WindowMinimum))
            .ToArray();
        var from = latest.Length == 0 ? long.MaxValue : latest[^1];
        return [.. rows.Where(row => row.Number >= from || (row.EndedAt ?? row.StartedAt) > ended - thresholds.Window)];
    }
}
