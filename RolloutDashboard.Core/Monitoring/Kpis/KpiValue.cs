namespace RolloutDashboard.Core.Monitoring.Kpis;

/// <param name="Value">Null where nothing was measured.</param>
/// <param name="N">What it rests on.</param>
/// <param name="Of">Words for what n counts: "iterations", "promotions".</param>
public sealed record KpiValue(double? Value, long N, string Of)
{
    /// <summary>Whether <see cref="Target"/> stands in for the KPI's own.</summary>
    public bool HasOwnTarget { get; init; }

    /// <summary>Target over the whole of this period; null where it changed within it or none held.</summary>
    public double? Target { get; init; }
}
