namespace RolloutDashboard.Core.Gates.Criteria.Rates;

/// <summary>Why two arms have no ratio.</summary>
public enum RatioGap
{
    /// <summary>They have one.</summary>
    None = 0,

    /// <summary>An arm holds no finished iteration.</summary>
    EmptyArm = 1,

    /// <summary>Neither arm has a success.</summary>
    NoSuccess = 2,

    /// <summary>The second arm, that is divided by, has no success.</summary>
    NoDenominator = 3,

    /// <summary>No segment holds both arms.</summary>
    NoSharedSegment = 4,
}
