using System.Globalization;
using RolloutDashboard.Components.Formatting;
using RolloutDashboard.Core.Evidence.Histories;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.Figures;

namespace RolloutDashboard.Components.Imports;

/// <summary>The summary of an imported data set as people read it, on the page and on the command line.</summary>
public static class HistoryFormatter
{
    private const double Large = 1e6;

    /// <summary>"66.7 %"; a dash where nothing counts.</summary>
    public static string Rate(HistoryArm arm) => FigureFormatter.Percent(arm.Rate, 1);

    /// <summary>"12 of 18 records, 95 % interval 44 to 83 %".</summary>
    public static string RateBasis(HistoryArm arm) =>
        arm.N == 0
            ? "no record counts"
            : $"{ImportFormatter.Whole(arm.Successes)} of {FigureFormatter.Count(arm.N, "record")} at Level 3{Interval(FigureFormatter.PercentRange(arm.RateInterval))}";

    /// <summary>"0.31"; a value that no Sharpe can be in powers of ten.</summary>
    public static string Sharpe(double? value) =>
        value is { } sharpe && Math.Abs(sharpe) >= Large
            ? sharpe.ToString("0.00E+0", CultureInfo.InvariantCulture)
            : FigureFormatter.Number(value);

    /// <summary>"of 18 records, 95 % interval 0.12 to 0.50".</summary>
    public static string SharpeBasis(HistoryArm arm)
    {
        var left =
            arm.NotFinite == 0
                ? ""
                : $"; {FigureFormatter.Count(arm.NotFinite, "value is", "values are")} not finite and left out";
        if (arm.MeanSharpe is null)
        {
            return $"no record has one{left}";
        }

        var interval = arm.SharpeInterval is { } range
            ? $"{Sharpe(range.Lower)} to {Sharpe(range.Upper)}"
            : FigureFormatter.None;
        return $"of {FigureFormatter.Count(arm.SharpeN, "record")}{Interval(interval)}{left}";
    }

    /// <summary>"12", or "unknown".</summary>
    public static string Distinct(HistoryArm arm) =>
        arm.Distinct is { } distinct ? ImportFormatter.Whole(distinct) : "unknown";

    /// <summary>"among 16 records that hold one; 2 hold none".</summary>
    public static string DistinctBasis(HistoryArm arm) =>
        arm switch
        {
            { N: 0 } => "no record counts",
            { WithStrategy: 0 } => "no record holds a strategy",
            _ when arm.WithStrategy < arm.N =>
                $"among {FigureFormatter.Count(arm.WithStrategy, "record")} with a strategy; {ImportFormatter.Whole(arm.N - arm.WithStrategy)} without",
            _ => $"among {FigureFormatter.Count(arm.WithStrategy, "record")}",
        };

    /// <summary>"JSON 71.4 % of 7", by arm; empty where one arm is all there is.</summary>
    private static IReadOnlyList<string> Arms(HistorySummary summary)
    {
        (string Name, HistoryArm Arm)[] arms =
        [
            ("JSON", summary.Json),
            ("full code", summary.FullCode),
            ("no arm declared", summary.Undeclared),
        ];
        return
        [
            .. arms.Where(one => one.Arm.N > 0)
                .Select(one =>
                    $"{one.Name} {Rate(one.Arm)} of {ImportFormatter.Whole(one.Arm.N)}, mean Sharpe {Sharpe(one.Arm.MeanSharpe)}"
                ),
        ];
    }

    /// <summary>"10 mutations, 10 of them at Level 3, count in no rate"; null without any.</summary>
    private static string? Mutations(HistoryArm mutations) =>
        mutations.N == 0
            ? null
            : $"{FigureFormatter.Count(mutations.N, "mutation")}, {ImportFormatter.Whole(mutations.Successes)} at Level 3, {(mutations.N == 1 ? "counts" : "count")} in no rate, arm or gate.";

    /// <summary>Says that only the first records were looked at; null where all were.</summary>
    private static string? Part(HistorySummary summary) =>
        summary.IsPart
            ? $"These figures are of the first {ImportFormatter.Whole(summary.Records)} of {ImportFormatter.Whole(summary.All)} records."
            : null;

    /// <summary>A gate's verdict; what is met as far as the records tell has a word of its own.</summary>
    public static StatusPresentation Look(HistoryGate gate) =>
        gate is { Verdict: Verdict.NotMeasured, Answered.Count: > 0 }
            ? StatusPresentation.Of(Verdict.NotMeasured, null) with
            {
                Word = "Can't be told",
            }
            : StatusPresentation.Of(gate.Verdict, gate.Lacks);

    public static string Words(HistoryGapReason reason) =>
        reason switch
        {
            HistoryGapReason.NotInRecords => "records say nothing about it",
            HistoryGapReason.NoTimes => "not every record names its time",
            HistoryGapReason.NoArm => "no record declares the arm",
            _ => "no record has the figure",
        };

    /// <summary>"Monitoring works, Uptime (records say nothing about it); Time in stage (...)".</summary>
    public static string Gaps(HistoryGate gate) =>
        string.Join(
            "; ",
            gate.NotAnswered.GroupBy(gap => gap.Reason)
                .Select(group => $"{string.Join(", ", group.Select(gap => gap.Name))} ({Words(group.Key)})")
        );

    /// <summary>What else is to be known of the figures, a sentence each.</summary>
    public static IEnumerable<string> Notes(HistorySummary summary)
    {
        if (Part(summary) is { } part)
        {
            yield return part;
        }

        if (Arms(summary) is { Count: > 0 } arms)
        {
            yield return $"By arm: {string.Join("; ", arms)}.";
        }

        if (Mutations(summary.Mutations) is { } mutations)
        {
            yield return mutations;
        }

        if (summary.Overall is { N: > 0, Distinct: null })
        {
            yield return "Whether strategies repeat is not known, so the intervals take each record as independent.";
        }
    }

    private static string Interval(string range) => range == FigureFormatter.None ? "" : $", 95 % interval {range}";
}
