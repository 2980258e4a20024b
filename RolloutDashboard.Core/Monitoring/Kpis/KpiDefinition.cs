namespace RolloutDashboard.Core.Monitoring.Kpis;

/// <summary>How a KPI is measured and what it must reach, whatever the period.</summary>
/// <param name="Target">The same for every period; gives null where the plan sets none.</param>
/// <param name="Measure">Its value in one period.</param>
internal sealed record KpiDefinition(
    string Key,
    string Name,
    string Group,
    string Meaning,
    KpiUnit Unit,
    Func<KpiTargets, double?> Target,
    Func<KpiFacts, KpiValue> Measure
)
{
    /// <summary>Iterations from which a rate or a mean is judged; the alert rules ask for as many.</summary>
    private const int LeastIterations = 20;

    public KpiBound Bound { get; init; }

    /// <summary>What n must reach before a value is judged.</summary>
    public Func<KpiTargets, int> LeastN { get; init; } = _ => LeastIterations;

    /// <summary>A target of each period's own, which stands in for <see cref="Target"/>; null where that always
    /// holds.</summary>
    public Func<KpiFacts, KpiTargets, double?>? OwnTarget { get; init; }

    /// <summary>The KPI with a value for each column.</summary>
    public Kpi Over(IReadOnlyList<KpiFacts> columns, KpiTargets targets) =>
        new(
            Key,
            Name,
            Group,
            Meaning,
            Unit,
            Target(targets),
            Bound,
            LeastN(targets),
            [.. columns.Select(facts => ValueOf(facts, targets))]
        );

    private KpiValue ValueOf(KpiFacts facts, KpiTargets targets)
    {
        var value = Measure(facts);
        return OwnTarget is null ? value : value with { HasOwnTarget = true, Target = OwnTarget(facts, targets) };
    }
}
