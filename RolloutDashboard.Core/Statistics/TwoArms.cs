namespace RolloutDashboard.Core.Statistics;

/// <summary>Two arms as counts: arm 1 is JSON, arm 0 full code. Counts may be fractional (effective n).</summary>
public readonly record struct TwoArms(double Successes1, double Trials1, double Successes0, double Trials0)
{
    public double Rate1 => Successes1 / Trials1;

    public double Rate0 => Successes0 / Trials0;
}
