namespace RolloutDashboard.Core.Evidence.Comparisons.Selections;

/// <summary>What was there when the live iterations were read, so that the same can be read again.</summary>
/// <param name="UpTo">Highest iteration number; 0 where no live set was asked for.</param>
/// <param name="Running">Numbers up to there that had not ended.</param>
public sealed record SeenUpTo(long UpTo, IReadOnlyList<long> Running)
{
    public static SeenUpTo Nothing { get; } = new(0, []);
}
