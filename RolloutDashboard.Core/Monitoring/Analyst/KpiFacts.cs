using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Monitoring.Analyst;

/// <summary>What one column of the KPI page rests on.</summary>
/// <param name="P95Seconds">Of finished iterations; null without any.</param>
/// <param name="Uptime">0 to 1; null before the first process.</param>
/// <param name="Promotions">Judged ones: 7 days old, or rolled back earlier.</param>
/// <param name="Satisfaction">Mean of the latest answers, 1 to 5; null without any.</param>
public sealed record KpiFacts(IReadOnlyList<IterationGroup> Groups, double? P95Seconds, double? Uptime, int Champions, DeploymentRecord Promotions, double? Satisfaction, int Answers)
{
    /// <summary>JSON share that was configured over the whole period, 0 to 1; null where it changed within it or the source decided.</summary>
    public double? ConfiguredShare { get; init; }

    /// <summary>Whether the period begins in stage 3.3 or later.</summary>
    public bool IsFromPrimaryOn { get; init; }

    public GroupFigures Json { get; } = GroupFigures.Of([.. Groups.Where(group => group.Mode == GenerationMode.Json)]);

    public GroupFigures All { get; } = GroupFigures.Of([.. Groups]);
}

/// <summary>Promotions that have shown whether they hold.</summary>
/// <param name="Pending">Younger than 7 days and not rolled back: not judged yet.</param>
public sealed record DeploymentRecord(int Kept, int RolledBack, int Pending)
{
    private static readonly TimeSpan Trial = TimeSpan.FromDays(7);

    public int Judged => Kept + RolledBack;

    public double? SuccessRate => Judged == 0 ? null : (double)Kept / Judged;

    /// <summary>Deployment success: promotions that no rollback followed within 7 days, before the next promotion.</summary>
    public static DeploymentRecord Of(IReadOnlyList<DateTimeOffset> promotions, IReadOnlyList<DateTimeOffset> rollbacks, DateTimeOffset from, DateTimeOffset to, DateTimeOffset now)
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
