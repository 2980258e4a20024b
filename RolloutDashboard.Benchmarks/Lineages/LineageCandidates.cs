using RolloutDashboard.Core.Statistics.Lineages;
using RolloutDashboard.Core.Statistics.Numerics;

namespace RolloutDashboard.Benchmarks.Lineages;

/// <summary>Bounds that could decide whether a ratio above 2 is proven at 5 %, for comparison.</summary>
internal static class LineageCandidates
{
    private const double Ratio = 2;
    private const double Alpha = ContrastSequence.DefaultAlpha;

    public static IReadOnlyList<(string Name, Func<List<LineageValue>, bool> Proves)> All { get; } =
    [
        ("product at the least favourable rate, and pairs (chosen)", units =>
            ContrastSequence.FirstProof(units, new ContrastNull(Ratio)) is not null
        ),
        ("bets on pairs alone", units =>
            BoundedMeanSequence.FirstAbove(Pairs(units), Ratio / (Ratio + 1), Alpha) is not null
        ),
        ("one betting bound an arm, half the error each", units =>
            Apart(units, values => BoundedMeanSequence.Interval(ValueCounts.Of(values), Alpha))
        ),
        ("one empirical Bernstein bound an arm, half the error each", units =>
            Apart(units, values => EmpiricalBernsteinSequence.Interval(values, Alpha))
        ),
    ];

    // The two-sided interval at 5 % has half of it on the one side that is used here.
    private static bool Apart(List<LineageValue> units, Func<IEnumerable<double>, Bounds> interval) =>
        interval(Arm(units, true)).Lower > Ratio * interval(Arm(units, false)).Upper;

    // The contrast, put on 0 to 1.
    private static IEnumerable<double> Pairs(List<LineageValue> units) =>
        Arm(units, true).Zip(Arm(units, false), (one, zero) => (one - (Ratio * zero) + Ratio) / (Ratio + 1));

    private static IEnumerable<double> Arm(List<LineageValue> units, bool json) =>
        units.Where(unit => unit.IsJson == json).Select(unit => unit.Value);
}
