using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.Figures;

namespace RolloutDashboard.Core.Evidence.Checks;

/// <summary>One strategy that gave different results on the same data, basis and engine: at most one of them can be its
/// own.</summary>
internal sealed class UnstableResultCheck : IEvidenceCheck
{
    // A sum taken in another order differs in the last digits.
    private const double Tolerance = 1e-9;

    public string Code => "unstable-result";

    public IEnumerable<Finding> Check(EvidenceSet set)
    {
        var unstable = set
            .Iterations.Where(one =>
                one
                    is {
                        Fingerprint: not null,
                        MarketDataVersion: not null,
                        EngineVersion: not null,
                        Executed: not false
                    }
            )
            .GroupBy(one => (one.Fingerprint, one.MarketDataVersion, one.EngineVersion, one.MetricBasis))
            .Where(Differs)
            .ToArray();
        if (unstable.Length == 0)
        {
            yield break;
        }

        var iterations = unstable.SelectMany(group => group).Select(one => one.Number).Order().ToArray();
        var worst = unstable.Max(group => Spread(group, one => one.SharpeRatio));
        yield return new Finding(
            Code,
            FindingSeverity.Blocking,
            "strategy",
            new Dictionary<string, double>
            {
                ["strategies"] = unstable.Length,
                ["iterations"] = iterations.Length,
                ["largest_sharpe_spread"] = worst,
            },
            iterations,
            $"{FigureFormatter.Count(unstable.Length)} {(unstable.Length == 1 ? "strategy gives" : "strategies give")} different results on the same data and engine (Sharpe up to {FigureFormatter.ShortNumber(worst)} apart).",
            "Find what else they depend on (a clock, a random number, an order); until then none of these results counts."
        );
    }

    private static bool Differs(IEnumerable<CheckedIteration> group) =>
        Spread(group, one => one.SharpeRatio) > Tolerance
        || Spread(group, one => one.TotalReturn) > Tolerance
        || Spread(group, one => one.MaxDrawdown) > Tolerance
        || group.Select(one => one.SharpeRatio is null).Distinct().Skip(1).Any();

    // Relative above 1, so that a strategy's figures may be large; 0 where fewer than two are known.
    private static double Spread(IEnumerable<CheckedIteration> group, Func<CheckedIteration, double?> of)
    {
        var (least, most, count) = (double.PositiveInfinity, double.NegativeInfinity, 0);
        foreach (var value in group.Select(of))
        {
            if (value is { } number && double.IsFinite(number))
            {
                (least, most, count) = (Math.Min(least, number), Math.Max(most, number), count + 1);
            }
        }

        return count < 2 ? 0 : (most - least) / Math.Max(1, Math.Max(Math.Abs(least), Math.Abs(most)));
    }
}
