using RolloutDashboard.Core.Statistics;

namespace RolloutDashboard.Core.Monitoring.Analyst;

/// <summary>Width of a KPI's history.</summary>
public enum KpiStep
{
    Day,
    Week,
    Month,
}

/// <summary>How a KPI's number reads.</summary>
public enum KpiUnit
{
    Percent,
    Number,
    Seconds,
    Count,

    /// <summary>1 to 5.</summary>
    Score,
}

/// <summary>All KPIs over the whole rollout and over its latest days, weeks or months (UTC).</summary>
public sealed record KpiReport(KpiStep Step, IReadOnlyList<KpiColumn> Columns, IReadOnlyList<Kpi> Kpis)
{
    /// <summary>What people wrote at reviews, newest first, of any step.</summary>
    public IReadOnlyList<KpiNote> Notes { get; init; } = [];
}

/// <param name="To">Exclusive; now for the whole and for the running period.</param>
public sealed record KpiColumn(string Name, DateTimeOffset From, DateTimeOffset To, bool IsWhole, bool IsRunning);

/// <param name="Group">"Quality", "Operation" or "Outcome".</param>
/// <param name="Meaning">What is measured, in one sentence.</param>
/// <param name="Target">Null where the plan sets none.</param>
/// <param name="LeastN">What n must reach before a value is judged.</param>
/// <param name="Values">One for each column, in their order.</param>
public sealed record Kpi(string Key, string Name, string Group, string Meaning, KpiUnit Unit, double? Target, KpiBound Bound, int LeastN, IReadOnlyList<KpiValue> Values)
{
    private const double Significance = 0.001;

    /// <summary>Judges a value by the target of its own period, on both sides where the target is a configured share.</summary>
    public KpiJudgement Judge(KpiValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (value.Value is not { } number || !double.IsFinite(number) || (value.HasOwnTarget ? value.Target : Target) is not { } target)
        {
            return KpiJudgement.NotJudged;
        }

        if (value.N < LeastN)
        {
            return KpiJudgement.TooFew;
        }

        var met = Bound switch
        {
            KpiBound.AtLeast => number >= target,
            KpiBound.Below => number < target,
            _ => SampleRatio.PStratified([(Math.Round(number * value.N), value.N, target)]) >= Significance,
        };
        return met ? KpiJudgement.Met : KpiJudgement.Missed;
    }
}

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
