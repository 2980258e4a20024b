namespace RolloutDashboard.Core.Monitoring.Analytics;

public sealed record FailureKindCount(string Kind, int Json, int FullCode)
{
    public int All => Json + FullCode;
}
