using System.Globalization;

namespace RolloutDashboard.Core.Statistics;

/// <summary>Three-valued verdict from a success and a failure condition on one value; failure wins.</summary>
public static class ThreeValuedVerdict
{
    /// <returns>"Successful", "Failed" or "Inconclusive".</returns>
    public static string Of(string? success, string? failure, double value)
    {
        if (failure is not null && Holds(failure, value))
        {
            return "Failed";
        }

        if (success is not null && Holds(success, value))
        {
            return "Successful";
        }

        return (success, failure) switch
        {
            (not null, null) => "Failed",
            (null, not null) => "Successful",
            _ => "Inconclusive",
        };
    }

    /// <summary>Whether a condition such as "&gt;=0.9", "isNaN or &gt;=0.95" or "isInf" holds; no comparison holds for NaN.</summary>
    /// <exception cref="FormatException">The condition can't be read.</exception>
    public static bool Holds(string condition, double value) =>
        condition.Split(" or ", StringSplitOptions.TrimEntries).Any(part => HoldsOne(part, value));

    /// <summary>Whether a condition can be read.</summary>
    public static bool IsCondition(string condition) => condition.Split(" or ", StringSplitOptions.TrimEntries)
        .All(part => part is "isNaN" or "isInf" || double.TryParse(part.StartsWith(">=", StringComparison.Ordinal) || part.StartsWith("<=", StringComparison.Ordinal) ? part[2..]
            : part.StartsWith('>') || part.StartsWith('<') ? part[1..] : "", NumberStyles.Float, CultureInfo.InvariantCulture, out _));

    private static bool HoldsOne(string condition, double value) => condition switch
    {
        "isNaN" => double.IsNaN(value),
        "isInf" => double.IsInfinity(value),
        _ when condition.StartsWith(">=", StringComparison.Ordinal) => value >= Parse(condition[2..]),
        _ when condition.StartsWith("<=", StringComparison.Ordinal) => value <= Parse(condition[2..]),
        _ when condition.StartsWith('>') => value > Parse(condition[1..]),
        _ when condition.StartsWith('<') => value < Parse(condition[1..]),
        _ => throw new FormatException($"Unknown condition '{condition}'."),
    };

    private static double Parse(string number) => double.Parse(number, NumberStyles.Float, CultureInfo.InvariantCulture);
}

/// <summary>One metric of a weighted score: "Pass", "High", "Low" or "Nodata", its group, and whether it is critical.</summary>
public readonly record struct ScoredMetric(string Label, string Group, bool IsCritical)
{
    /// <summary>Reads "High!:group".</summary>
    public static ScoredMetric Parse(string text)
    {
        var (label, group) = text.Split(':', 2) is [var first, var second] ? (first, second) : (text, "");
        return new ScoredMetric(label.TrimEnd('!'), group, label.EndsWith('!'));
    }
}

/// <summary>Weighted canary score, 0 to 100.</summary>
public static class WeightedScore
{
    /// <summary>
    /// Share of passing metrics by group, groups by weight; what the weights leave over is shared by groups without one.
    /// Metrics without data don't count; a critical one that does not pass makes the score 0.
    /// </summary>
    public static double Of(IReadOnlyList<ScoredMetric> metrics, IReadOnlyDictionary<string, double> weights)
    {
        if (metrics.Any(metric => metric.IsCritical && metric.Label != "Pass"))
        {
            return 0;
        }

        var groups = metrics.Where(metric => metric.Label != "Nodata").GroupBy(metric => metric.Group)
            .Select(group => (Name: group.Key, Score: 100.0 * group.Count(metric => metric.Label == "Pass") / group.Count())).ToArray();
        var unweighted = groups.Count(group => !weights.ContainsKey(group.Name));
        var left = Math.Max(0, 100 - weights.Values.Sum());
        var weighted = groups.Select(group => (group.Score, Weight: weights.TryGetValue(group.Name, out var weight) ? weight : left / unweighted)).ToArray();
        var total = weighted.Sum(group => group.Weight);
        return total > 0 ? weighted.Sum(group => group.Score * group.Weight) / total : 0;
    }
}
