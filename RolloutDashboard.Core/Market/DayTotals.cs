using RolloutDashboard.Core.Market.Indicators;

namespace RolloutDashboard.Core.Market;

/// <summary>Sums from the first day to every day: the mean of any window is the difference of two rows.</summary>
internal sealed class DayTotals
{
    private readonly double[] _sums;
    private readonly int[]? _missing;
    private readonly int _stocks;
    private readonly int _firstDay;

    /// <param name="firstDay">The first day that has values.</param>
    public DayTotals(DayRow rows, int stocks, int firstDay, int dayCount)
    {
        _stocks = stocks;
        _firstDay = firstDay;
        _sums = new double[(dayCount + 1) * stocks];
        for (var day = firstDay; day < dayCount; day++)
        {
            var row = rows(day);
            if (RunningSums.Add(Row(_sums, day), row, Row(_sums, day + 1)))
            {
                _missing ??= new int[_sums.Length];
            }

            if (_missing is not null)
            {
                Row(_missing, day).CopyTo(Row(_missing, day + 1));
                RunningSums.CountMissing(row, Row(_missing, day + 1));
            }
        }
    }

    /// <summary>Means over the last <paramref name="window"/> days, NaN where the window is not complete.</summary>
    public void WriteMeans(int day, int window, Span<double> row)
    {
        var start = day - window + 1;
        if (start < _firstDay)
        {
            row.Fill(double.NaN);
            return;
        }

        RunningSums.Means(Row(_sums, day + 1), Row(_sums, start), window, row);
        if (_missing is not null)
        {
            RunningSums.Strike(Row(_missing, day + 1), Row(_missing, start), row);
        }
    }

    private Span<T> Row<T>(T[] values, int day) => values.AsSpan(day * _stocks, _stocks);
}
