using System.Runtime.InteropServices;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Monitoring.Aggregation;

/// <summary>Counts iterations and successes by template and parameters.</summary>
internal sealed class ParameterAggregator(SharedTexts texts)
{
    private readonly Dictionary<(int Template, int Parameters), (int Successes, int N)> _counts = [];

    public void Add(in EndedIteration one, in EndedCall call)
    {
        if (one.Template == SharedTexts.None || call.Parameters == SharedTexts.None)
        {
            return;
        }

        // By the level that was recorded, as the heat map always counted.
        ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(_counts, (one.Template, call.Parameters), out _);
        count = (count.Successes + (one.Level == SuccessLevel.Profitable ? 1 : 0), count.N + 1);
    }

    /// <param name="numbers">The other's texts, by their numbers here.</param>
    public void Append(ParameterAggregator later, int[] numbers)
    {
        foreach (var ((template, parameters), (successes, n)) in later._counts)
        {
            ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(
                _counts,
                (numbers[template], numbers[parameters]),
                out _
            );
            count = (count.Successes + successes, count.N + n);
        }
    }

    public IEnumerable<ParameterCount> Of(string template) =>
        _counts
            .Where(count => texts.TextOf(count.Key.Template) == template)
            .Select(count => new ParameterCount(
                texts.TextOf(count.Key.Parameters)!,
                count.Value.Successes,
                count.Value.N
            ));
}
