namespace RolloutDashboard.Core.Statistics.Lineages;

/// <summary>
/// Units of one segment in the order in which they are bet on: the j-th of JSON with the j-th of full code. The surplus
/// of an arm waits for its partners. (Betting on it as well gains nothing at equal numbers of pairs: the least
/// favourable rate then sides with the longer arm.)
/// </summary>
/// <param name="Pairs">With the number of units of all segments that had come by then.</param>
internal sealed record SegmentCourse((double Json, double FullCode, int Seen)[] Pairs)
{
    public ValueCounts Json => ValueCounts.Of(Pairs.Select(pair => pair.Json));

    public ValueCounts FullCode => ValueCounts.Of(Pairs.Select(pair => pair.FullCode));

    /// <summary>One course for each run of units of one segment that has a pair.</summary>
    public static IReadOnlyList<SegmentCourse> Of(IEnumerable<LineageValue> inOrder)
    {
        ArgumentNullException.ThrowIfNull(inOrder);
        var courses = new List<SegmentCourse>();
        var pairs = new List<(double, double, int)>();
        var (json, fullCode) = (new Queue<double>(), new Queue<double>());
        var (seen, segment) = (0, default(string));
        void Close()
        {
            if (pairs.Count > 0)
            {
                courses.Add(new SegmentCourse([.. pairs]));
            }

            pairs.Clear();
            json.Clear();
            fullCode.Clear();
        }

        foreach (var unit in inOrder)
        {
            if (unit.Segment != segment)
            {
                Close();
            }

            segment = unit.Segment;
            seen++;
            (unit.IsJson ? json : fullCode).Enqueue(unit.Value);
            if (json.Count > 0 && fullCode.Count > 0)
            {
                pairs.Add((json.Dequeue(), fullCode.Dequeue(), seen));
            }
        }

        Close();
        return courses;
    }
}
