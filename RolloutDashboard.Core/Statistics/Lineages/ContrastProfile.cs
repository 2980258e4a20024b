namespace RolloutDashboard.Core.Statistics.Lineages;

/// <summary>
/// Evidence of one segment against a <see cref="ContrastNull"/>: the product of two capitals, one bet against "p1 is at
/// most the limit", one against "p0 is at least m", at the least favourable m. At the true p0 the product is a
/// supermartingale, and its least value over m is at most that.
/// </summary>
/// <remarks>The first capital falls in its limit and the second rises in m, so over a cell of m from a to b the product
/// is at least that of the first at b and the second at a. Bounds from cells hold exactly, however coarse or chosen
/// after the fact the cells are.</remarks>
internal static class ContrastProfile
{
    private const int Coarse = 16;
    private const double Finest = 1.0 / 1024;

    /// <summary>Least logarithm of the product over m. Never above the exact value, and within
    /// a cell of 1/1,024 of it.</summary>
    public static double Least(ValueCounts json, ValueCounts fullCode, ContrastNull tested)
    {
        var cells = new PriorityQueue<(double From, double To), double>();
        void Add(double from, double to) =>
            cells.Enqueue((from, to), LogJson(json, tested.Limit(to)) + LogFullCode(fullCode, from));
        var (least, most) = (tested.Least, tested.Most);
        for (var i = 0; i < Coarse && most > least; i++)
        {
            Add(least + ((most - least) * i / Coarse), least + ((most - least) * (i + 1) / Coarse));
        }

        if (most < 1)
        {
            // Here p1 may be anything, and full code refutes the whole cell as hard as its lower end.
            cells.Enqueue((most, most), LogFullCode(fullCode, most));
        }

        while (cells.TryDequeue(out var cell, out var log))
        {
            var width = cell.To - cell.From;
            var middle = cell.From + (width / 2);
            if (width <= Finest * (most - least) || double.IsNegativeInfinity(log))
            {
                return log;
            }

            Add(cell.From, middle);
            Add(middle, cell.To);
        }

        return double.PositiveInfinity;
    }

    /// <summary>Return of the bet against "p1 is at most <paramref name="limit"/>"; 1 where nothing can be
    /// won.</summary>
    public static double JsonReturn(double value, double limit) => limit >= 1 ? 1 : value / Math.Max(limit, 1e-12);

    /// <summary>Return of the bet against "p0 is at least <paramref name="m"/>".</summary>
    public static double FullCodeReturn(double value, double m) => m >= 1 ? 1 : (1 - value) / (1 - m);

    private static double LogJson(ValueCounts counts, double limit) =>
        limit >= 1 ? 0 : BettingMixture.Log(counts, value => JsonReturn(value, limit));

    private static double LogFullCode(ValueCounts counts, double m) =>
        BettingMixture.Log(counts, value => FullCodeReturn(value, m));
}
