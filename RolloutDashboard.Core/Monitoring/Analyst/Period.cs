using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Monitoring.Analyst;

/// <summary>A stretch of time, by when iterations ended.</summary>
/// <param name="From">Inclusive; null for the beginning.</param>
/// <param name="To">Exclusive; null for now.</param>
public sealed record Period(DateTimeOffset? From, DateTimeOffset? To)
{
    public static Period Everything { get; } = new(null, null);

    internal DateTimeOffset Start => From ?? DateTimeOffset.MinValue;

    internal DateTimeOffset End => To ?? DateTimeOffset.MaxValue;
}

/// <summary>Whole rollout, one stage, or one attempt at it.</summary>
/// <param name="Stage">Null for every stage.</param>
/// <param name="Attempt">From 1; null for every attempt.</param>
public sealed record AttemptChoice(Stage? Stage, int? Attempt)
{
    public static AttemptChoice All { get; } = new(null, null);
}
