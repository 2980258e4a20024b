namespace RolloutDashboard.Core.Monitoring.Kpis;

/// <summary>Promotions that have shown whether they hold.</summary>
/// <param name="Pending">Younger than 7 days and not rolled back: not judged yet.</param>
public sealed record DeploymentRecord(int Kept, int RolledBack, int Pending)
{
    private static readonly TimeSpan Trial = TimeSpan.FromDays(7);

    public int Judged => Kept + RolledBack;

    public double? SuccessRate => Judged == 0 ? null : (double)Kept / Judged;

    /// <summary>Deployment success: promotions that no rollback followed within 7 days, before the next
    /// promotion.</summary>
    public static DeploymentRecord Of(
        IReadOnlyList<DateTimeOffset> promotions,
        IReadOnlyList<DateTimeOffset> rollbacks,
        DateTimeOffset from,
        DateTimeOffset to,
        DateTimeOffset now
    )
    {
        var ordered = promotions.Order().ToList();
        var (kept, undone, pending) = (0, 0, 0);
        for (var i = 0; i < ordered.Count; i++)
        {
            var at = ordered[i];
            if (at < from || at >= to)
            {
                continue;
            }

            var end = i + 1 < ordered.Count && ordered[i + 1] < at + Trial ? ordered[i + 1] : at + Trial;
            if (rollbacks.Any(rollback => rollback >= at && rollback < end))
            {
                undone++;
            }
            else if (now >= end)
            {
                kept++;
            }
            else
            {
                pending++;
            }
        }

        return new DeploymentRecord(kept, undone, pending);
    }
}
