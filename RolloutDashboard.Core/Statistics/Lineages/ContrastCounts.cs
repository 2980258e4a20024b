using System.Runtime.InteropServices;

namespace RolloutDashboard.Core.Statistics.Lineages;

/// <summary>What a look at the contrast of two arms rests on; the order within a segment does not matter.</summary>
/// <param name="Segments">Counts of the two arms, of segments that have both.</param>
/// <param name="Pairs">Values of the lineages that came as the j-th of their arm in their segment.</param>
public sealed record ContrastCounts(
    IReadOnlyList<(ValueCounts Json, ValueCounts FullCode)> Segments,
    IReadOnlyList<(double Json, double FullCode, double Count)> Pairs
)
{
    public static ContrastCounts Of(IEnumerable<LineageValue> inOrder)
    {
        var courses = SegmentCourse.Of(inOrder);
        var pairs = new Dictionary<(double, double), int>();
        foreach (var (json, fullCode, _) in courses.SelectMany(course => course.Pairs))
        {
            CollectionsMarshal.GetValueRefOrAddDefault(pairs, (json, fullCode), out _)++;
        }

        return new ContrastCounts(
            [.. courses.Select(course => (course.Json, course.FullCode))],
            [.. pairs.Select(pair => (pair.Key.Item1, pair.Key.Item2, (double)pair.Value))]
        );
    }

    /// <summary>1 - each value.</summary>
    public ContrastCounts Mirrored() =>
        new(
            [.. Segments.Select(segment => (segment.Json.Mirrored(), segment.FullCode.Mirrored()))],
            [.. Pairs.Select(pair => (1 - pair.Json, 1 - pair.FullCode, pair.Count))]
        );

    /// <summary>As if each had been seen <paramref name="factor"/> times as often.</summary>
    public ContrastCounts Scaled(double factor) =>
        new(
            [.. Segments.Select(segment => (segment.Json.Scaled(factor), segment.FullCode.Scaled(factor)))],
            [.. Pairs.Select(pair => (pair.Json, pair.FullCode, pair.Count * factor))]
        );
}
