using RolloutDashboard.Core.Rollouts.Gates;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Evidence.Checks;

/// <summary>Ten or more measured results that are the same to the last digit, in an arm or among the mutations.</summary>
internal sealed class ConstantResultCheck : IEvidenceCheck
{
    private const int Minimum = 10;

    public string Code => "constant-result";

    public IEnumerable<Finding> Check(EvidenceSet set)
    {
        foreach (var group in set.Groups)
        {
            var measured = group.Iterations.Where(one => one.SharpeRatio is { } sharpe && double.IsFinite(sharpe)).ToArray();
            // Counted first: one group for each of many thousand different results would cost more than the results themselves.
            var most = measured.CountBy(Result).DefaultIfEmpty().MaxBy(pair => pair.Value);
            var sharpeAlone = most.Value < Minimum;
            if (sharpeAlone && (measured.Length < Minimum || measured.Any(one => !one.SharpeRatio.Equals(measured[0].SharpeRatio))))
            {
                continue;
            }

            var largest = sharpeAlone ? measured : measured.Where(one => Result(one).Equals(most.Key)).ToArray();
            var strategies = largest.Select(one => one.Fingerprint).Distinct().Count();
            yield return new Finding(
                Code,
                FindingSeverity.Warning,
                group.Subject,
                new Dictionary<string, double> { ["same"] = largest.Length, ["n"] = measured.Length, ["strategies"] = strategies, ["sharpe"] = largest[0].SharpeRatio!.Value },
                largest.Select(one => one.Number).ToArray(),
                sharpeAlone
                    ? $"All {Figures.Count(measured.Length)} {group.Name} results have the same Sharpe ratio to the last digit, while their returns or drawdowns differ: a ratio that never varies was not measured on them."
                    : largest.Length == measured.Length
                    ? $"All {Figures.Count(measured.Length)} {group.Name} results are the same to the last digit: that is not convergence, it is no variation."
                    : $"{Figures.Count(largest.Length)} of {Figures.Count(measured.Length)} {group.Name} results are the same to the last digit.",
                "Check that the backtest really runs the strategy it was given, and that strategies differ.");
        }
    }

    private static (double? Sharpe, double? Return, double? Drawdown) Result(CheckedIteration one) => (one.SharpeRatio, one.TotalReturn, one.MaxDrawdown);
}

/// <summary>A run called complete that shows nothing: no success, no duration, or no metric at all.</summary>
internal sealed class FalseSuccessCheck : IEvidenceCheck
{
    private const int Minimum = 5;

    public string Code => "false-success";

    public bool FitsParts => false;

    public IEnumerable<Finding> Check(EvidenceSet set)
    {
        var counted = set.Iterations.Where(one => one.Counts).ToArray();
        if (!set.CalledComplete || counted.Length < Minimum)
        {
            yield break;
        }

        // Mutations make no rate, but what they brought is no nothing.
        CheckedIteration[] all = [.. counted, .. set.Mutations];
        var mutated = set.Mutations.Count(one => one.Level == SuccessLevel.Profitable);
        var timed = all.Where(one => one.Duration is not null).ToArray();
        string[] reasons =
        [
            ..Reason(counted.All(one => one.Level != SuccessLevel.Profitable), mutated == 0 ? "no iteration succeeded" : $"no iteration but {Figures.Count(mutated)} of {Figures.Count(set.Mutations.Count)} mutations succeeded, which count in no arm"),
            ..Reason(timed.Length > 0 && timed.All(one => one.Duration == TimeSpan.Zero), "every duration is 0"),
            ..Reason(all.All(one => (one.SharpeRatio ?? one.TotalReturn ?? one.MaxDrawdown) is null), "no metric was measured"),
        ];
        if (reasons.Length > 0)
        {
            yield return new Finding(
                Code,
                FindingSeverity.Blocking,
                "run",
                new Dictionary<string, double> { ["n"] = counted.Length, ["reasons"] = reasons.Length, ["mutation_successes"] = mutated },
                counted.Select(one => one.Number).ToArray(),
                $"The run is called complete, but {string.Join(", and ", reasons)} ({Figures.Count(counted.Length)} iterations of the arms).",
                "Treat the run as failed and look at its errors before anything is concluded from it.");
        }
    }

    private static string[] Reason(bool holds, string words) => holds ? [words] : [];
}

/// <summary>Metrics that can't be, or hardly can.</summary>
internal sealed class ImplausibleCheck : IEvidenceCheck
{
    public string Code => "implausible";

    public IEnumerable<Finding> Check(EvidenceSet set)
    {
        (string Subject, string Words, Func<CheckedIteration, bool> Is)[] kinds =
        [
            ("not-finite", "a metric that is not a finite number", one => IsBroken(one.SharpeRatio) || IsBroken(one.TotalReturn) || IsBroken(one.MaxDrawdown)),
            ("sharpe", "a Sharpe ratio beyond 10 in size", one => one.SharpeRatio is { } sharpe && !double.IsNaN(sharpe) && !PlausibleMetrics.IsSharpe(sharpe)),
            ("drawdown", "a drawdown above 0 or below -100 %", one => one.MaxDrawdown is { } drawdown && !double.IsNaN(drawdown) && !PlausibleMetrics.IsMaxDrawdown(drawdown)),
            ("return", "a total return below -100 % or above 100,000,000 %", one => one.TotalReturn is { } total && !double.IsNaN(total) && !PlausibleMetrics.IsTotalReturn(total)),
        ];
        foreach (var (subject, words, test) in kinds)
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
                    $"{Figures.Count(hits.Length)} {(hits.Length == 1 ? "iteration has" : "iterations have")} {words}.",
                    "Find the error in the backtest or its data; until then these results count for nothing.");
            }
        }

        var signs = set.Iterations.Where(one => one.SharpeRatio * one.TotalReturn < 0).Select(one => one.Number).ToArray();
        if (signs.Length > 0)
        {
            yield return new Finding(
                Code,
                FindingSeverity.Info,
                "signs",
                new Dictionary<string, double> { ["iterations"] = signs.Length },
                signs,
                $"In {Figures.Count(signs.Length)} {(signs.Length == 1 ? "iteration" : "iterations")} Sharpe and total return have different signs.",
                "Volatility drag can explain it near 0; far from 0, check the definitions.");
        }
    }

    private static bool IsBroken(double? value) => value is { } number && !double.IsFinite(number);
}

/// <summary>One normalised error that makes up half of all failures (of at least 10), or came 5 times in a row in one arm; likewise among the mutations.</summary>
internal sealed class ErrorClusterCheck : IEvidenceCheck
{
    private const int MinimumFailures = 10;
    private const int InARow = 5;

    public string Code => "error-cluster";

    public IEnumerable<Finding> Check(EvidenceSet set) =>
        Clusters([.. set.Iterations.Where(one => one.Counts)], "").Concat(Clusters(set.Mutations, "mutations: "));

    private IEnumerable<Finding> Clusters(IReadOnlyList<CheckedIteration> iterations, string prefix)
    {
        var failures = iterations.Where(one => one.ErrorSignature is not null).ToArray();
        var streaks = LongestStreaks(iterations);
        foreach (var cluster in failures.GroupBy(one => one.ErrorSignature!))
        {
            var streak = streaks[cluster.Key];
            var isHalf = failures.Length >= MinimumFailures && cluster.Count() * 2 >= failures.Length;
            if (isHalf || streak >= InARow)
            {
                yield return new Finding(
                    Code,
                    FindingSeverity.Warning,
                    prefix + cluster.Key,
                    new Dictionary<string, double> { ["failures"] = cluster.Count(), ["all_failures"] = failures.Length, ["in_a_row"] = streak },
                    cluster.Select(one => one.Number).ToArray(),
                    $"One error makes up {cluster.Count()} of {Figures.Count(failures.Length)} failures{(prefix.Length == 0 ? "" : " of mutations")} ({streak} in a row): {cluster.Key}.",
                    "Mend this one cause first; it says more about the loop than about the mode.");
            }
        }
    }

    // One pass for all errors: a set may hold as many different ones as it has records.
    private static Dictionary<string, int> LongestStreaks(IEnumerable<CheckedIteration> iterations)
    {
        var longest = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var arm in iterations.GroupBy(one => one.AssignedMode))
        {
            var (last, length) = ((string?)null, 0);
            foreach (var one in arm)
            {
                (last, length) = (one.ErrorSignature, one.ErrorSignature == last ? length + 1 : 1);
                if (last is not null && longest.GetValueOrDefault(last) < length)
                {
                    longest[last] = length;
                }
            }
        }

        return longest;
    }
}
