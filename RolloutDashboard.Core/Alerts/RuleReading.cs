namespace RolloutDashboard.Core.Alerts;

/// <summary>One rule as read at one moment, with its numbers.</summary>
/// <param name="N">Samples behind the value.</param>
public sealed record RuleReading(
    AlertCondition Condition,
    string Text,
    double? Value = null,
    double? Threshold = null,
    int N = 0
)
{
    /// <summary>Why the rule could not be evaluated; null where it was. Its own alert then stays as it is.</summary>
    public string? Fault { get; init; }
}
