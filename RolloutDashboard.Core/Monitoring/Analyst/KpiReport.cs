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
/// <param name="AtLeast">Whether more is better; else the value must stay below the target.</param>
/// <param name="Values">One for each column, in their order.</param>
public sealed record Kpi(string Key, string Name, string Group, string Meaning, KpiUnit Unit, double? Target, bool AtLeast, IReadOnlyList<KpiValue> Values)
{
    /// <summary>Null where nothing was measured or nothing is demanded.</summary>
    public bool? Meets(KpiValue value) => (value.Value, Target) switch
    {
        ({ } number, { } target) when double.IsFinite(number) => AtLeast ? number >= target : number < target,
        _ => null,
    };
}

/// <param name="Value">Null where nothing was measured.</param>
/// <param name="N">What it rests on.</param>
/// <param name="Of">Words for what n counts: "iterations", "promotions".</param>
public sealed record KpiValue(double? Value, long N, string Of);
