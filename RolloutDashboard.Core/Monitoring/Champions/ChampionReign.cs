using RolloutDashboard.Core.Storage.Entities.Evidence;

namespace RolloutDashboard.Core.Monitoring.Champions;

/// <summary>A champion and how long it reigned.</summary>
/// <param name="UntilIteration">Number of the iteration that took the title; null for the reigning one.</param>
/// <param name="AgeIterations">Iterations from its crowning to its end, or to now.</param>
public sealed record ChampionReign(Champion Champion, long? UntilIteration, long AgeIterations)
{
    /// <summary>Looks at its hold-out; null before the first.</summary>
    public HoldOutLooks? HoldOut { get; init; }
}
