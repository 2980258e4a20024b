using RolloutDashboard.Core.Statistics;

namespace RolloutDashboard.Core.Monitoring.Kpis;

/// <param name="Group">"Quality", "Operation" or "Outcome".</param>
/// <param name="Meaning">What is measured, in one sentence.</param>
/// <param name="Target">Null where the plan sets none.</param>
/// <param name="LeastN">What n must reach before a value is judged.</param>
/// <param name="Values">One for each column, in their order.</param>
public sealed record Kpi(
    string Key,
    string Name,
    string Group,
    string Meaning,
    KpiUnit Unit,
    double? Target,
    KpiBound Bound,
    int LeastN,
    IReadOnlyList<KpiValue> Values
)
{
    private const double Significance = 0.001;

    /// <summary>Judges a value by the target of its own period, on both sides where the target is a configured
    /// share.</summary>
    public KpiJudgement Judge(KpiValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (
            value.Value is not { } number
            || !double.IsFinite(number)
            || (value.HasOwnTarget ? value.Target : Target) is not { } target
        )
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
