namespace RolloutDashboard.Core.Statistics.Lineages;

/// <summary>
/// When the capital first refuted every p0 of a segment, by playing it through for cells of p0. The answer is the time
/// at which the last of the finest cells falls. A coarse cell never falls before those inside it, so only the one that
/// falls last is split; and a claim that is not proven costs one pass over the cell with the least evidence.
/// </summary>
internal sealed class ContrastReplay(
    SegmentCourse course,
    double[] paired,
    ContrastNull tested,
    double scale,
    double threshold
)
{
    private const int Coarse = 128;
    private const int Parts = 16;

    /// <summary>Number of units that had come; null if a cell of the finest size survives.</summary>
    public int? First()
    {
        var (least, most) = (tested.Least, tested.Most);
        double Edge(int part) => least + ((most - least) * part / (Coarse * Parts));
        var last = 0;
        if (most > least)
        {
            var near = (int)Math.Floor((Math.Clamp(Near(), least, most) - least) / (most - least) * Coarse * Parts);
            near = Math.Min(near, (Coarse * Parts) - 1);
            if (Refuted(Edge(near), Edge(near + 1)) is null || LastOfCells(Edge) is not { } fallen)
            {
                return null;
            }

            last = fallen;
        }

        // From there on p1 may be anything, and full code refutes the rest as hard as its lower end.
        return most >= 1 ? last
            : Refuted(most, most) is { } seen ? Math.Max(last, seen)
            : null;
    }

    private int? LastOfCells(Func<int, double> edge)
    {
        var cells = new PriorityQueue<(int From, int To), int>();
        void Add(int from, int to) => cells.Enqueue((from, to), -(Refuted(edge(from), edge(to)) ?? int.MaxValue));
        for (var i = 0; i < Coarse; i++)
        {
            Add(i * Parts, (i + 1) * Parts);
        }

        while (cells.TryDequeue(out var cell, out var fallen))
        {
            if (cell.To - cell.From == 1)
            {
                return fallen == -int.MaxValue ? null : -fallen;
            }

            var middle = (cell.From + cell.To) / 2;
            Add(cell.From, middle);
            Add(middle, cell.To);
        }

        return null;
    }

    // Roughly where the evidence is least: the constrained estimate by weighted least squares. Only the order of work
    // rests on it.
    private double Near()
    {
        var (x1, x0, n) = (0.5, 0.5, course.Pairs.Length + 1.0);
        foreach (var (one, zero, _) in course.Pairs)
        {
            (x1, x0) = (x1 + one, x0 + zero);
        }

        var (p1, p0) = (x1 / n, x0 / n);
        var (w1, w0) = (tested.Ratio / (p1 * (1 - p1)), 1 / (p0 * (1 - p0)));
        return ((w1 * (p1 - tested.Offset)) + (w0 * p0)) / ((w1 * tested.Ratio) + w0);
    }

    private int? Refuted(double from, double to)
    {
        Span<double> json = stackalloc double[BettingMixture.Size];
        Span<double> fullCode = stackalloc double[BettingMixture.Size];
        BettingMixture.Start(json);
        BettingMixture.Start(fullCode);
        var limit = to > from ? tested.Limit(to) : 1;
        for (var i = 0; i < course.Pairs.Length; i++)
        {
            var (one, zero, seen) = course.Pairs[i];
            var ofJson = BettingMixture.Play(json, ContrastProfile.JsonReturn(one, limit));
            var ofFullCode = BettingMixture.Play(fullCode, ContrastProfile.FullCodeReturn(zero, from));
            if ((scale * ofJson * ofFullCode) + paired[i] >= threshold)
            {
                return seen;
            }
        }

        return null;
    }
}
