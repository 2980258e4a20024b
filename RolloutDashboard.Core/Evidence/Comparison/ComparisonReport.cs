using System.Text.Json.Serialization;
using RolloutDashboard.Core.Rollouts;
using RolloutDashboard.Core.Rollouts.Gates.Criteria;
using RolloutDashboard.Core.Vocabulary;

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
    double? CostPerSuccess,
    IReadOnlyDictionary<string, int> Errors,
    IReadOnlyList<ComparedFinding> Findings)
{
    /// <summary>Iterations that ran and whose strategy is not recorded: nobody knows how many of those are distinct, and none is counted so.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int UnknownStrategies { get; init; }

    /// <summary>Values that can be no results; they stand in no mean.</summary>
    public LeftOutValues LeftOut { get; init; } = new(0, 0, 0);
}

/// <summary>A finding of the evidence checks over one side.</summary>
public sealed record ComparedFinding(string Code, string Severity, string Sentence)
{
    /// <summary>Who took its weight away; null where nobody did.</summary>
    public string? DismissedBy { get; init; }

    /// <summary>Whether the question itself brings it about.</summary>
    public bool IsExpected { get; init; }

    /// <summary>Whether it keeps the comparison from claiming anything.</summary>
    [JsonIgnore]
    public bool Blocks => Severity == nameof(FindingSeverity.Blocking) && DismissedBy is null && !IsExpected;
}

/// <summary>Whether the first side's success is a multiple of the second's, at every look.</summary>
/// <param name="Lower">95 % bounds of p1 - ratio x p0, each one-sided and always valid.</param>
/// <param name="Holds">True: proven; false: disproven; null: open.</param>
public sealed record ComparedContrast(double Ratio, double Lower, double Upper, bool? Holds);

/// <summary>Which side led by success so far, and when that changed for good.</summary>
/// <param name="Leader">Name of the side that leads at the end; null where neither does.</param>
/// <param name="Number">Iteration at which it took the lead for the last time.</param>
/// <param name="Changes">How often the lead changed.</param>
/// <param name="Points">Success so far of both sides, at most 60 points.</param>
public sealed record ComparedCourse(string? Leader, DateTimeOffset? At, long? Number, int Changes, IReadOnlyList<CoursePoint> Points);

/// <param name="Seen">Iterations of both sides so far.</param>
public sealed record CoursePoint(int Seen, DateTimeOffset? At, double First, double Second);

/// <summary>What a comparison was made from: enough to make it again.</summary>
/// <param name="Terms">Null in reports of an older version, which knew the plan's gate alone.</param>
public sealed record ComparedInputs(string First, SeenUpTo FirstSeen, string Second, SeenUpTo SecondSeen, ComparisonTerms? Terms = null);

/// <param name="Rate">0 to 1; null without samples.</param>
public sealed record ComparedRate(int Successes, int N, double? Rate, Interval? Interval);

/// <summary>The ratio of the two success rates.</summary>
/// <param name="Value">Null where it can't be computed; the gap says why.</param>
/// <param name="Zone">"proceed", "investigate" or "halt" by gate 3.2; null where the question is not the gate's.</param>
/// <param name="Note">Why there is no value, in reports of an older version.</param>
public sealed record ComparedRatio(double? Value, Interval? Interval, string? Zone, string? Note)
{
    public RatioGap Gap { get; init; }
}

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
    string Verdict)
{
    /// <summary>How far it may speak; contrasts and Sharpe test are there only where it compares.</summary>
    public ComparisonStanding Standing { get; init; }

    public ComparisonQuestion Question { get; init; }

    /// <summary>Gate 3.2 as in force; null where it asks for no ratio.</summary>
    public GateRatios? Gate { get; init; }
}
