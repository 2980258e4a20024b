using System.Runtime.CompilerServices;

namespace RolloutDashboard.Core.Market.Indicators;

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
    /// <summary>Blocks stay below the size from which the runtime would take memory apart, new from the system each
    /// time (85,000 bytes).</summary>
    private const int BlockBytes = 80_000;

    private readonly T[][] _blocks;
    private readonly int _width;
    private readonly int _rowsPerBlock;
    private readonly RowMaker<T>? _make;
    private int _made = -1;

    private IndicatorRows(T[][] blocks, int width, int rowsPerBlock, RowMaker<T>? make)
    {
        _blocks = blocks;
        _width = width;
        _rowsPerBlock = rowsPerBlock;
        _make = make;
    }

    public override long Bytes => _blocks.Sum(block => (long)block.Length) * Unsafe.SizeOf<T>();

    /// <summary>All rows at once, to be kept and shared.</summary>
    public static IndicatorRows<T> Table(int width, IReadOnlyList<int> days, RowMaker<T> make)
    {
        var rowsPerBlock = Math.Max(1, BlockBytes / Math.Max(1, width * Unsafe.SizeOf<T>()));
        var blocks = new T[(days.Count + rowsPerBlock - 1) / rowsPerBlock][];
        for (var i = 0; i < days.Count; i++)
        {
            var (block, row) = Math.DivRem(i, rowsPerBlock);
            blocks[block] ??= GC.AllocateUninitializedArray<T>(Math.Min(rowsPerBlock, days.Count - i) * width);
            make(days[i], blocks[block].AsSpan(row * width, width));
        }

        return new IndicatorRows<T>(blocks, width, rowsPerBlock, null);
    }

    /// <summary>One row at a time, made when it is asked for: for a single pass over ascending days on one
    /// thread.</summary>
    public static IndicatorRows<T> Stream(int width, RowMaker<T> make) => new([new T[width]], width, 1, make);

    /// <summary>The row of the calendar's signal <paramref name="index"/>, which lies on <paramref name="day"/>; of a
    /// stream, valid until the next one is asked for.</summary>
    public ReadOnlySpan<T> Row(int index, int day)
    {
        if (_make is null)
        {
            var (block, row) = Math.DivRem(index, _rowsPerBlock);
            return _blocks[block].AsSpan(row * _width, _width);
        }

        if (_made != index)
        {
            _make(day, _blocks[0]);
            _made = index;
        }

        return _blocks[0];
    }
}
