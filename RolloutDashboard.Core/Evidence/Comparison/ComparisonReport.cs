using RolloutDashboard.Core.Rollouts;

namespace RolloutDashboard.Core.Evidence.Comparison;

/// <summary>One side of a comparison, in figures.</summary>
/// <param name="Levels">Iterations by level, 0 to 3.</param>
/// <param name="Raw">Success over all iterations; its interval rests on the effective n.</param>
/// <param name="Deduplicated">Success where each strategy counts once, at its first occurrence.</param>
public sealed record ComparedSide(
    string Name,
    int N,
    IReadOnlyList<int> Levels,
    int Distinct,
    double EffectiveN,
    ComparedRate Raw,
    ComparedRate Deduplicated,
    double? MeanSharpe,
    double? MeanTotalReturn,
    double? MeanMaxDrawdown,
    double? MeanSeconds,
    double? SecondsPerSuccess,
    IReadOnlyDictionary<string, int> Errors);

/// <param name="Rate">0 to 1; null without samples.</param>
public sealed record ComparedRate(int Successes, int N, double? Rate, Interval? Interval);

/// <summary>The ratio of the two success rates.</summary>
/// <param name="Value">Null where it can't be computed; the note says why.</param>
/// <param name="Zone">"proceed" from 3, "investigate" from 2, "halt" below; null without a value.</param>
public sealed record ComparedRatio(double? Value, Interval? Interval, string? Zone, string? Note);

/// <summary>The difference of the mean Sharpe ratios, first side minus second; each strategy counts once.</summary>
/// <param name="Welch">95 % interval for one look.</param>
/// <param name="Sequential">95 % interval that holds at every look.</param>
/// <param name="ProbabilityGreater">That a result of the first side exceeds one of the second (rank test).</param>
public sealed record ComparedSharpe(double Difference, Interval Welch, double WelchP, Interval Sequential, double SequentialP, double ProbabilityGreater, double RankP);

/// <summary>What the figures were measured on.</summary>
public sealed record ComparedBasis(IReadOnlyList<string> MetricBasis, IReadOnlyList<string> MarketData, IReadOnlyList<string> Engine, IReadOnlyList<string> Segments, long FirstNumber, long LastNumber);

/// <summary>A comparison of two sets of iterations.</summary>
/// <param name="Refusals">Why nothing may be compared; empty where it may.</param>
/// <param name="Sharpe">Null with fewer than two measured strategies on a side.</param>
/// <param name="Findings">Codes of findings that were open.</param>
public sealed record ComparisonReport(
    string Version,
    ComparedBasis Basis,
    IReadOnlyList<string> Refusals,
    ComparedSide First,
    ComparedSide Second,
    ComparedRatio? Ratio,
    ComparedSharpe? Sharpe,
    IReadOnlyList<string> Findings,
    string Verdict);
