namespace RolloutDashboard.Core.Evidence.Comparisons;

/// <summary>How many values of a side are no possible results, and so stand in no mean and no test.</summary>
public sealed record LeftOutValues(int Sharpe, int TotalReturn, int MaxDrawdown)
{
    public int All => Sharpe + TotalReturn + MaxDrawdown;
}
