namespace RolloutDashboard.Core.Recovery.Restores;

/// <summary>Iterations that a restore loses: those that ran when the backup was made, and all later ones.</summary>
/// <param name="Interrupted">Numbers that ran in the backup.</param>
/// <param name="Later">How many were claimed after it.</param>
/// <param name="Highest">Highest production number given out.</param>
internal sealed record LostIterations(IReadOnlyList<long> Interrupted, long Later, long Highest)
{
    public long Count => Interrupted.Count + Later;
}
