namespace RolloutDashboard.Core.Evidence.Comparisons;

/// <summary>What the iterations of one side that count were measured on, and the span of all their numbers.</summary>
internal sealed record MeasurementBasis
{
    public SortedSet<string> MetricBasis { get; } = new(StringComparer.Ordinal);

    public SortedSet<string> MarketData { get; } = new(StringComparer.Ordinal);

    public SortedSet<string> Engine { get; } = new(StringComparer.Ordinal);

    public SortedSet<string> Segments { get; } = new(StringComparer.Ordinal);

    public long FirstNumber { get; private set; } = long.MaxValue;

    public long LastNumber { get; private set; } = long.MinValue;

    public static MeasurementBasis Of(IReadOnlyList<CheckedIteration> iterations)
    {
        var measured = new MeasurementBasis();
        CheckedIteration? last = null;
        foreach (var one in iterations)
        {
            (measured.FirstNumber, measured.LastNumber) = (
                Math.Min(measured.FirstNumber, one.Number),
                Math.Max(measured.LastNumber, one.Number)
            );
            if (one.Counts)
            {
                Add(measured.MetricBasis, one.MetricBasis, last?.MetricBasis);
                Add(measured.MarketData, one.MarketDataVersion, last?.MarketDataVersion);
                Add(measured.Engine, one.EngineVersion, last?.EngineVersion);
                Add(measured.Segments, one.Segment, last?.Segment);
                last = one;
            }
        }

        return measured;
    }

    // Most iterations share all of it, down to the very text, with the one before them.
    private static void Add(SortedSet<string> values, string? value, string? last)
    {
        if (value is not null && !ReferenceEquals(value, last))
        {
            values.Add(value);
        }
    }
}
