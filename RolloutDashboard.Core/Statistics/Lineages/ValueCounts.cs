using System.Runtime.InteropServices;

namespace RolloutDashboard.Core.Statistics.Lineages;

/// <summary>How often each value was seen. Lineages of one length have few distinct values, so that a look costs the
/// same however many there are.</summary>
public sealed record ValueCounts
{
    private ValueCounts(IReadOnlyList<(double Value, double Count)> items, double total) =>
        (Items, Total) = (items, total);

    /// <summary>In no order.</summary>
    public IReadOnlyList<(double Value, double Count)> Items { get; }

    public double Total { get; }

    public double Mean => Items.Sum(item => item.Value * item.Count) / Total;

    public static ValueCounts Of(IEnumerable<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var counts = new Dictionary<double, int>();
        foreach (var value in values)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(counts, value, out _)++;
        }

        return new ValueCounts(
            [.. counts.Select(pair => (pair.Key, (double)pair.Value))],
            counts.Values.Sum(count => (double)count)
        );
    }

    /// <summary>1 - each value.</summary>
    public ValueCounts Mirrored() => new([.. Items.Select(item => (1 - item.Value, item.Count))], Total);

    /// <summary>As if each had been seen <paramref name="factor"/> times as often.</summary>
    public ValueCounts Scaled(double factor) =>
        new([.. Items.Select(item => (item.Value, item.Count * factor))], Total * factor);
}
