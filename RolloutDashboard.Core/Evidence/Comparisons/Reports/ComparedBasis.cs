namespace RolloutDashboard.Core.Evidence.Comparisons.Reports;

/// <summary>What the figures were measured on.</summary>
public sealed record ComparedBasis(
    IReadOnlyList<string> MetricBasis,
    IReadOnlyList<string> MarketData,
    IReadOnlyList<string> Engine,
    IReadOnlyList<string> Segments,
    long FirstNumber,
    long LastNumber
);
