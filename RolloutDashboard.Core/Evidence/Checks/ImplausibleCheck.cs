using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.Figures;

namespace RolloutDashboard.Core.Evidence.Checks;

/// <summary>Metrics that can't be, or hardly can.</summary>
internal sealed class ImplausibleCheck : IEvidenceCheck
{
    private static readonly (string Subject, string Words, Func<CheckedIteration, bool> Is)[] Kinds =
    [
        ("not-finite", "a metric that is not a finite number", one =>
            IsBroken(one.SharpeRatio) || IsBroken(one.TotalReturn) || IsBroken(one.MaxDrawdown)
        ),
        ("sharpe", "a Sharpe ratio beyond 10 in size", one =>
            one.SharpeRatio is { } sharpe && !double.IsNaN(sharpe) && !PlausibleMetrics.IsSharpe(sharpe)
        ),
        ("drawdown", "a drawdown above 0 or below -100 %", one =>
            one.MaxDrawdown is { } drawdown && !double.IsNaN(drawdown) && !PlausibleMetrics.IsMaxDrawdown(drawdown)
        ),
        ("return", "a total return below -100 % or above 100,000,000 %", one =>
            one.TotalReturn is { } total && !double.IsNaN(total) && !PlausibleMetrics.IsTotalReturn(total)
        ),
    ];

    public string Code => "implausible";

    public IEnumerable<Finding> Check(EvidenceSet set)
    {
        foreach (var (subject, words, test) in Kinds)
        {
            var hits = set.Iterations.Where(test).Select(one => one.Number).ToArray();
            if (hits.Length > 0)
            {
                yield return new Finding(
                    Code,
                    FindingSeverity.Blocking,
                    subject,
                    new Dictionary<string, double> { ["iterations"] = hits.Length },
                    hits,
                    $"{FigureFormatter.Count(hits.Length)} {(hits.Length == 1 ? "iteration has" : "iterations have")} {words}.",
                    "Find the error in the backtest or its data; until then these results count for nothing."
                );
            }
        }

        var signs = set
            .Iterations.Where(one => one.SharpeRatio * one.TotalReturn < 0)
            .Select(one => one.Number)
            .ToArray();
        if (signs.Length > 0)
        {
            yield return new Finding(
                Code,
                FindingSeverity.Info,
                "signs",
                new Dictionary<string, double> { ["iterations"] = signs.Length },
                signs,
                $"In {FigureFormatter.Count(signs.Length)} {(signs.Length == 1 ? "iteration" : "iterations")} Sharpe and total return have different signs.",
                "Volatility drag can explain it near 0; far from 0, check the definitions."
            );
        }
    }

    private static bool IsBroken(double? value) => value is { } number && !double.IsFinite(number);
}
