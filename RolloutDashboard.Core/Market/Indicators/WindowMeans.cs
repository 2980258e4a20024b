namespace RolloutDashboard.Core.Market.Indicators;

/// <summary>Means over the last <paramref name="window"/> days of each signal day, in one pass over the days.</summary>
/// <param name="firstDay">The first day that has values.</param>
internal sealed class WindowMeans(DayRow rows, int stocks, int window, int firstDay, IReadOnlyList<int> days)
{
    private readonly State _now = new(stocks);
    private readonly Queue<State> _starts = new();
    private readonly Stack<State> _free = new();
    private int _nextStart = days.TakeWhile(day => day - window + 1 < firstDay).Count();
    private int _day = days.Select(day => day - window + 1).FirstOrDefault(start => start >= firstDay);

    /// <summary>NaN where the window is not complete.</summary>
    public void Write(int day, Span<double> row)
    {
        if (day - window + 1 < firstDay)
        {
            row.Fill(double.NaN);
            return;
        }

        for (; _day <= day; _day++)
        {
            if (_nextStart < days.Count && days[_nextStart] - window + 1 == _day)
            {
                _nextStart++;
                _starts.Enqueue(_now.CopyTo(_free.TryPop(out var used) ? used : new State(stocks)));
            }

            _now.Add(rows(_day));
        }

        var start = _starts.Dequeue();
        _now.WriteMeans(start, window, row);
        _free.Push(start);
    }

    private sealed class State(int stocks)
    {
        private readonly double[] _sums = new double[stocks];
        private int[]? _missing;

        public void Add(ReadOnlySpan<double> row)
        {
            if (RunningSums.Add(_sums, row, _sums))
            {
                RunningSums.CountMissing(row, _missing ??= new int[_sums.Length]);
            }
        }

        public State CopyTo(State target)
        {
            _sums.CopyTo(target._sums, 0);
            _missing?.CopyTo(target._missing ??= new int[_sums.Length], 0);
            return target;
        }

        public void WriteMeans(State start, int window, Span<double> row)
        {
            RunningSums.Means(_sums, start._sums, window, row);
            if (_missing is not null)
            {
                RunningSums.Strike(_missing, start._missing ?? new int[_sums.Length], row);
            }
        }
    }
}
