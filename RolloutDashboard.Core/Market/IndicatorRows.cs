using System.Runtime.CompilerServices;

namespace RolloutDashboard.Core.Market;

/// <summary>Writes the row of a day, one value per stock. Days are asked for in ascending order.</summary>
public delegate void RowMaker<T>(int day, Span<T> row);

/// <summary>An indicator's values on the days of one signal calendar.</summary>
public abstract class IndicatorRows
{
    /// <summary>Memory of the values, in bytes.</summary>
    public abstract long Bytes { get; }
}

/// <summary>One row per signal day: a value per stock (NaN where it can't be computed), or a bit per stock.</summary>
public sealed class IndicatorRows<T> : IndicatorRows
    where T : unmanaged
{
    private readonly T[] _values;
    private readonly int _width;
    private readonly RowMaker<T>? _make;
    private int _made = -1;

    private IndicatorRows(T[] values, int width, RowMaker<T>? make)
    {
        _values = values;
        _width = width;
        _make = make;
    }

    public override long Bytes => (long)_values.Length * Unsafe.SizeOf<T>();

    /// <summary>All rows at once, to be kept and shared.</summary>
    public static IndicatorRows<T> Table(int width, IReadOnlyList<int> days, RowMaker<T> make)
    {
        var values = GC.AllocateUninitializedArray<T>(days.Count * width);
        for (var i = 0; i < days.Count; i++)
        {
            make(days[i], values.AsSpan(i * width, width));
        }

        return new IndicatorRows<T>(values, width, null);
    }

    /// <summary>One row at a time, made when it is asked for: for a single pass over ascending days on one thread.</summary>
    public static IndicatorRows<T> Stream(int width, RowMaker<T> make) => new(new T[width], width, make);

    /// <summary>The row of the calendar's signal <paramref name="index"/>, which lies on <paramref name="day"/>; of a stream, valid until the next one is asked for.</summary>
    public ReadOnlySpan<T> Row(int index, int day)
    {
        if (_make is null)
        {
            return _values.AsSpan(index * _width, _width);
        }

        if (_made != index)
        {
            _make(day, _values);
            _made = index;
        }

        return _values;
    }
}
