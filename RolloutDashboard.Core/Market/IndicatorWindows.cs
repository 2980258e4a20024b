using System.Numerics;

namespace RolloutDashboard.Core.Market;

/// <summary>Sums over a moving window for many stocks at once; missing values are counted beside.</summary>
internal sealed class RollingSums(int stocks)
{
    private readonly double[] _sums = new double[stocks];
    private readonly double[] _missing = new double[stocks];

    /// <summary>Takes in a day and lets another go; <paramref name="leaving"/> is empty while the window fills.</summary>
    public void Slide(ReadOnlySpan<double> entering, ReadOnlySpan<double> leaving)
    {
        Shift(entering, 1);
        if (!leaving.IsEmpty)
        {
            Shift(leaving, -1);
        }
    }

    /// <summary>Means of windows of the given length, NaN where a value is missing or the window is not full yet (int.MaxValue).</summary>
    public void WriteMeans(int window, Span<double> target)
    {
        for (var i = 0; i < target.Length; i++)
        {
            target[i] = window == int.MaxValue || _missing[i] > 0 ? double.NaN : _sums[i] / window;
        }
    }

    private void Shift(ReadOnlySpan<double> row, double sign)
    {
        row = row[.._sums.Length];
        var width = Vector<double>.Count;
        var (infinity, one) = (new Vector<double>(double.PositiveInfinity), new Vector<double>(sign));
        var i = 0;
        for (; i <= row.Length - width; i += width)
        {
            var value = new Vector<double>(row[i..]);
            var present = Vector.LessThan(Vector.Abs(value), infinity);
            (new Vector<double>(_sums, i) + Vector.ConditionalSelect(present, value * sign, Vector<double>.Zero)).CopyTo(_sums, i);
            (new Vector<double>(_missing, i) + Vector.ConditionalSelect(present, Vector<double>.Zero, one)).CopyTo(_missing, i);
        }

        for (; i < row.Length; i++)
        {
            var present = double.IsFinite(row[i]);
            _sums[i] += present ? sign * row[i] : 0;
            _missing[i] += present ? 0 : sign;
        }
    }
}

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
