namespace RolloutDashboard.Core.Evidence.Comparisons.Reports;

/// <summary>A comparison of two sets of iterations.</summary>
/// <param name="Refusals">Why nothing may be compared; empty where it may.</param>
/// <param name="Sharpe">Null with fewer than two measured strategies on a side.</param>
/// <param name="Caution">What keeps the difference from being one of the sides alone; null where nothing does.</param>
public sealed record ComparisonReport(
    string Version,
    ComparedBasis Basis,
    IReadOnlyList<string> Refusals,
    ComparedSide First,
    ComparedSide Second,
    ComparedRatio? Ratio,
    IReadOnlyList<ComparedContrast> Contrasts,
    ComparedSharpe? Sharpe,
    ComparedCourse? Course,
    string? Caution,
    string Verdict
)
{
    /// <summary>How far it may speak; contrasts and Sharpe test are there only where it compares.</summary>
    public ComparisonStanding Standing { get; init; }

    public ComparisonQuestion Question { get; init; }

    /// <summary>Gate 3.2 as in force; null where it asks for no ratio.</summary>
    public GateRatios? Gate { get; init; }
}
