using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Monitoring.Aggregation;

/// <summary>Whole rollout, one stage, or one attempt at it.</summary>
/// <param name="Stage">Null for every stage.</param>
/// <param name="Attempt">From 1; null for every attempt.</param>
public sealed record AttemptChoice(Stage? Stage, int? Attempt)
{
    public static AttemptChoice All { get; } = new(null, null);
}
