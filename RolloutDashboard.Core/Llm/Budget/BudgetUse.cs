namespace RolloutDashboard.Core.Llm.Budget;

/// <summary>What was spent against what may be.</summary>
public sealed record BudgetUse(
    BudgetOptions Limits,
    double UsdInHour,
    long TokensInHour,
    double UsdInDay,
    long TokensInDay
)
{
    /// <summary>How many of the day's tokens are estimated, since the provider did not count them.</summary>
    public long EstimatedInDay { get; init; }
}
