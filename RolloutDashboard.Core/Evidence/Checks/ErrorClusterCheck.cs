using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.Figures;

namespace RolloutDashboard.Core.Evidence.Checks;

/// <summary>One normalised error that makes up half of all failures (of at least 10), or came 5 times in a row in one
/// arm; likewise among the mutations.</summary>
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
                    new Dictionary<string, double>
                    {
                        ["failures"] = cluster.Count(),
                        ["all_failures"] = failures.Length,
                        ["in_a_row"] = streak,
                    },
                    cluster.Select(one => one.Number).ToArray(),
                    $"One error makes up {cluster.Count()} of {FigureFormatter.Count(failures.Length)} failures{(prefix.Length == 0 ? "" : " of mutations")} ({streak} in a row): {cluster.Key}.",
                    "Mend this one cause first; it says more about the loop than about the mode."
                );
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
