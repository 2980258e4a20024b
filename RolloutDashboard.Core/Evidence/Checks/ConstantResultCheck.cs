using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.Figures;

namespace RolloutDashboard.Core.Evidence.Checks;

/// <summary>Ten or more measured results that are the same to the last digit, in an arm or among the
/// mutations.</summary>
internal sealed class ConstantResultCheck : IEvidenceCheck
{
    private const int Minimum = 10;

    public string Code => "constant-result";

    public IEnumerable<Finding> Check(EvidenceSet set)
    {
        foreach (var group in set.Groups)
        {
            var measured = group
                .Iterations.Where(one => one.SharpeRatio is { } sharpe && double.IsFinite(sharpe))
                .ToArray();
            // Counted first: one group for each of many thousand different results would cost more than the results
            // themselves.
            var most = measured.CountBy(Result).DefaultIfEmpty().MaxBy(pair => pair.Value);
            var sharpeAlone = most.Value < Minimum;
            if (
                sharpeAlone
                && (measured.Length < Minimum || measured.Any(one => !one.SharpeRatio.Equals(measured[0].SharpeRatio)))
            )
            {
                continue;
            }

            var largest = sharpeAlone ? measured : measured.Where(one => Result(one).Equals(most.Key)).ToArray();
            var strategies = largest.Select(one => one.Fingerprint).Distinct().Count();
            yield return new Finding(
                Code,
                FindingSeverity.Warning,
                group.Subject,
                new Dictionary<string, double>
                {
                    ["same"] = largest.Length,
                    ["n"] = measured.Length,
                    ["strategies"] = strategies,
                    ["sharpe"] = largest[0].SharpeRatio!.Value,
                },
                largest.Select(one => one.Number).ToArray(),
                Sentence(group, largest.Length, measured.Length, sharpeAlone),
                "Check that the backtest really runs the strategy it was given, and that strategies differ."
            );
        }
    }

    private static string Sentence(EvidenceGroup group, int same, int measured, bool sharpeAlone) =>
        sharpeAlone
            ? $"All {FigureFormatter.Count(measured)} {group.Name} results have the same Sharpe ratio to the last digit, while their returns or drawdowns differ: a ratio that never varies was not measured on them."
        : same == measured
            ? $"All {FigureFormatter.Count(measured)} {group.Name} results are the same to the last digit: that is not convergence, it is no variation."
        : $"{FigureFormatter.Count(same)} of {FigureFormatter.Count(measured)} {group.Name} results are the same to the last digit.";

    private static (double? Sharpe, double? Return, double? Drawdown) Result(CheckedIteration one) =>
        (one.SharpeRatio, one.TotalReturn, one.MaxDrawdown);
}
