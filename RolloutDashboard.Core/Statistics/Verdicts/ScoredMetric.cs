namespace RolloutDashboard.Core.Statistics.Verdicts;

/// <summary>One metric of a weighted score: "Pass", "High", "Low" or "Nodata", its group, and whether it is
/// critical.</summary>
public readonly record struct ScoredMetric(string Label, string Group, bool IsCritical)
{
    /// <summary>Reads "High!:group".</summary>
    public static ScoredMetric Parse(string text)
    {
        var (label, group) = text.Split(':', 2) is [var first, var second] ? (first, second) : (text, "");
        return new ScoredMetric(label.TrimEnd('!'), group, label.EndsWith('!'));
    }
}
