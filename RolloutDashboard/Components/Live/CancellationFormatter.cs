using RolloutDashboard.Core.Monitoring.Live;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.Figures;

namespace RolloutDashboard.Components.Live;

/// <summary>Says how many iterations of an arm were cancelled, and by what.</summary>
public static class CancellationFormatter
{
    /// <summary>"3 (2 by rollback, 1 by shutdown)".</summary>
    public static string Of(ArmSummary arm) =>
        arm.CancelledBy.Count == 0
            ? FigureFormatter.Number(arm.Cancelled, 0)
            : $"{FigureFormatter.Number(arm.Cancelled, 0)} ({string.Join(", ", arm.CancelledBy.Select(one => $"{FigureFormatter.Number(one.Count, 0)} {Preposition(one.Reason)} {one.Reason.Word()}"))})";

    private static string Preposition(CancellationReason reason) => reason == CancellationReason.Other ? "for" : "by";
}
