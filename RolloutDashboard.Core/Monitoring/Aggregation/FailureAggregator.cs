using System.Runtime.InteropServices;
using RolloutDashboard.Core.Monitoring.Analytics;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Monitoring.Aggregation;

/// <summary>Counts failures by cause.</summary>
internal sealed class FailureAggregator(SharedTexts texts)
{
    private readonly Dictionary<(int Kind, int Signature, GenerationMode Mode), Sums> _causes = [];

    /// <summary>Most frequent first.</summary>
    public IReadOnlyList<FailureKindCount> Kinds =>
        [
            .. _causes
                .GroupBy(cause => cause.Key.Kind)
                .Select(kind => new FailureKindCount(
                    texts.TextOf(kind.Key)!,
                    Count(kind, GenerationMode.Json),
                    Count(kind, GenerationMode.FullCode)
                ))
                .OrderByDescending(kind => kind.All)
                .ThenBy(kind => kind.Kind, StringComparer.Ordinal),
        ];

    public void Add(in EndedIteration one, in EndedCall call)
    {
        if (call.FailureKind == SharedTexts.None)
        {
            return;
        }

        ref var sums = ref CollectionsMarshal.GetValueRefOrAddDefault(
            _causes,
            (call.FailureKind, call.FailureSignature, one.Mode),
            out _
        );
        sums = new Sums(sums.Count + 1, Math.Max(sums.Latest, call.Number));
    }

    /// <param name="numbers">The other's texts, by their numbers here.</param>
    public void Append(FailureAggregator later, int[] numbers)
    {
        foreach (var ((kind, signature, mode), more) in later._causes)
        {
            ref var sums = ref CollectionsMarshal.GetValueRefOrAddDefault(
                _causes,
                (numbers[kind], SharedTexts.Translated(signature, numbers), mode),
                out _
            );
            sums = new Sums(sums.Count + more.Count, Math.Max(sums.Latest, more.Latest));
        }
    }

    /// <summary>The most frequent causes, still without an example.</summary>
    public IReadOnlyList<FailureCluster> Clusters(int most)
    {
        var all = _causes.Sum(cause => cause.Value.Count);
        return
        [
            .. _causes
                .Select(cause =>
                    (
                        Kind: texts.TextOf(cause.Key.Kind)!,
                        Signature: texts.TextOf(cause.Key.Signature),
                        cause.Key.Mode,
                        cause.Value.Count,
                        cause.Value.Latest
                    )
                )
                .OrderByDescending(cause => cause.Count)
                .ThenBy(cause => cause.Signature, StringComparer.Ordinal)
                .ThenBy(cause => cause.Kind, StringComparer.Ordinal)
                .ThenBy(cause => cause.Mode)
                .Take(most)
                .Select(cause => new FailureCluster(
                    cause.Kind,
                    cause.Signature ?? "no signature",
                    cause.Mode,
                    cause.Count,
                    (double)cause.Count / all,
                    cause.Latest,
                    null
                )),
        ];
    }

    private static int Count(
        IEnumerable<KeyValuePair<(int Kind, int Signature, GenerationMode Mode), Sums>> causes,
        GenerationMode mode
    ) => causes.Where(cause => cause.Key.Mode == mode).Sum(cause => cause.Value.Count);

    private readonly record struct Sums(int Count, long Latest);
}
