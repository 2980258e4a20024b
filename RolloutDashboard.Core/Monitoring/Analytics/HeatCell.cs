namespace RolloutDashboard.Core.Monitoring.Analytics;

/// <param name="N">Iterations with that value; 0 for a grid value never tried.</param>
public sealed record HeatCell(string Value, int Successes, int N)
{
    public double? Share => N == 0 ? null : (double)Successes / N;
}
