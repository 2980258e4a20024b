namespace RolloutDashboard.Core.Market;

/// <summary>The days without a price between a stock's first and last one, and the values that are carried over
/// them.</summary>
internal sealed class PriceGaps
{
    private readonly List<Gap> _gaps = [];
    private readonly int[] _lastPriced;
    private readonly int _stocks;
    private readonly int _longest;
    private readonly int _length;

    /// <param name="close">Day-major; NaN where a stock has no price.</param>
    /// <param name="longest">Most trading days in a row over which values are carried.</param>
    public PriceGaps(ReadOnlySpan<double> close, int stocks, int longest)
    {
        _stocks = stocks;
        _longest = longest;
        _length = close.Length;
        _lastPriced = new int[stocks];
        Array.Fill(_lastPriced, -1);
        for (var (day, start) = (0, 0); start < close.Length; day++, start += stocks)
        {
            var row = close.Slice(start, stocks);
            for (var stock = 0; stock < row.Length; stock++)
            {
                if (double.IsNaN(row[stock]))
                {
                    continue;
                }

                if (_lastPriced[stock] >= 0 && _lastPriced[stock] < day - 1)
                {
                    _gaps.Add(new Gap(stock, _lastPriced[stock] + 1, day));
                }

                _lastPriced[stock] = day;
            }
        }
    }

    public bool Any => _gaps.Count > 0;

    /// <summary>What was carried, and what is missing for longer than anything is carried.</summary>
    public GapTotals Totals =>
        new(
            _gaps.Sum(gap => Math.Min(gap.Length, _longest)),
            _gaps.Sum(gap => Math.Max(0, gap.Length - _longest)),
            _gaps.Select(gap => gap.Stock).Distinct().Count()
        );

    /// <summary>Whether the stock has a price on this or a later day, so that a day without one is a gap and no
    /// delisting.</summary>
    public bool IsListed(int stock, int day) => day <= _lastPriced[stock];

    /// <summary>The values with those of the day before each gap carried into it; the very same array where there is no
    /// gap.</summary>
    public double[] Carry(double[] values)
    {
        if (!Any)
        {
            return values;
        }

        var carried = values.AsSpan(0, _length).ToArray();
        foreach (var gap in _gaps)
        {
            var last = carried[((gap.First - 1) * _stocks) + gap.Stock];
            for (var day = gap.First; day < gap.First + Math.Min(gap.Length, _longest); day++)
            {
                ref var value = ref carried[(day * _stocks) + gap.Stock];
                value = double.IsNaN(value) ? last : value;
            }
        }

        return carried;
    }

    /// <param name="First">First day without a price.</param>
    /// <param name="End">The day after the last one.</param>
    private readonly record struct Gap(int Stock, int First, int End)
    {
        public int Length => End - First;
    }
}
