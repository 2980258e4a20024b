namespace RolloutDashboard.Core.Market.Indicators;

/// <summary>The last values of one stock in ascending order.</summary>
internal sealed class SortedWindow(int length)
{
    private readonly double[] _sorted = new double[length];
    private readonly double[] _ring = new double[length];
    private int _pushed;
    private int _count;

    public void Clear()
    {
        _pushed = 0;
        _count = 0;
    }

    public void Push(double value)
    {
        var slot = _pushed % _ring.Length;
        if (_pushed >= _ring.Length && !double.IsNaN(_ring[slot]))
        {
            var index = Array.BinarySearch(_sorted, 0, _count, _ring[slot]);
            _sorted.AsSpan(index + 1, _count - index - 1).CopyTo(_sorted.AsSpan(index));
            _count--;
        }

        _ring[slot] = value;
        _pushed++;
        if (!double.IsNaN(value))
        {
            var index = Array.BinarySearch(_sorted, 0, _count, value);
            index = index < 0 ? ~index : index;
            _sorted.AsSpan(index, _count - index).CopyTo(_sorted.AsSpan(index + 1));
            _sorted[index] = value;
            _count++;
        }
    }

    /// <summary>Linear between ranks; NaN unless every value of the window is there.</summary>
    public double Percentile(double percent)
    {
        if (_count < _sorted.Length)
        {
            return double.NaN;
        }

        var rank = percent / 100 * (_count - 1);
        var low = (int)rank;
        return low + 1 >= _count ? _sorted[low] : _sorted[low] + ((rank - low) * (_sorted[low + 1] - _sorted[low]));
    }
}
