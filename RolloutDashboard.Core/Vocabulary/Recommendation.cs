namespace RolloutDashboard.Core.Vocabulary;

/// <summary>What a gate's evidence recommends.</summary>
public enum Recommendation
{
    Proceed = 0,
    Investigate = 1,
    Halt = 2,
    CollectMore = 3,
}
