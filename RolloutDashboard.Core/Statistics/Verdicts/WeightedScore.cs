namespace RolloutDashboard.Core.Statistics.Verdicts;

/// <summary>Weighted canary score, 0 to 100.</summary>
public static class WeightedScore
{
    /// <summary>
    /// Share of passing metrics by group, groups by weight; what the weights leave over is shared by groups without
    /// one. Metrics without data don't count; a critical one that does not pass makes the score 0.
    /// </summary>
    public static double Of(IReadOnlyList<ScoredMetric> metrics, IReadOnlyDictionary<string, double> weights)
    {
        if (metrics.Any(metric => metric.IsCritical && metric.Label != "Pass"))
        {
            return 0;
        }

        var groups = metrics
            .Where(metric => metric.Label != "Nodata")
            .GroupBy(metric => metric.Group)
            .Select(group =>
                (Name: group.Key, Score: 100.0 * group.Count(metric => metric.Label == "Pass") / group.Count())
            )
            .ToArray();
        var unweighted = groups.Count(group => !weights.ContainsKey(group.Name));
        var left = Math.Max(0, 100 - weights.Values.Sum());
        var weighted = groups
            .Select(group =>
                (group.Score, Weight: weights.TryGetValue(group.Name, out var weight) ? weight : left / unweighted)
            )
            .ToArray();
        var total = weighted.Sum(group => group.Weight);
        return total > 0 ? weighted.Sum(group => group.Score * group.Weight) / total : 0;
    }
}
