namespace RolloutDashboard.StrategyApi;

/// <summary>
/// The market up to today's close; tomorrow is not in it. Stocks are numbered 0 to StockCount - 1, the same on every
/// day. A missing value is NaN, and a calculation that lacks data answers NaN.
/// </summary>
public sealed class MarketHistory
{
    private const int FieldCount = (int)Field.DirectorHolding + 1;

    // Memory that no day has reached yet costs nothing, copying what is there does.
    private const int ColumnLength = 1 << 21;
    private const int LeastCapacity = 512;
    private const int MostCapacity = 4096;

    private readonly double[]?[] _columns = new double[]?[FieldCount];
    private int _capacity;

    /// <param name="stockCount">Number of stocks, at least 1.</param>
    /// <param name="fields">The fields that this market has.</param>
    internal MarketHistory(int stockCount, ReadOnlySpan<Field> fields)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(stockCount);
        StockCount = stockCount;
        _capacity = Math.Clamp(ColumnLength / stockCount, LeastCapacity, MostCapacity);
        foreach (var field in fields)
        {
            _columns[(int)field] = new double[stockCount * _capacity];
        }
    }

    /// <summary>Number of stocks.</summary>
    public int StockCount { get; }

    /// <summary>Number of days known so far, today included.</summary>
    public int DayCount { get; private set; }

    /// <summary>Today's number, counted from 0: DayCount - 1.</summary>
    public int Today => DayCount - 1;

    /// <summary>Whether this market has the field.</summary>
    public bool Has(Field field) => Column(field) is not null;

    /// <summary>Whether the stock has a price today.</summary>
    [Reads(Field.Close)]
    public bool IsTraded(int stock) => Close(stock) > 0;

    /// <summary>A value some days ago; 0 is today. NaN if there is none.</summary>
    public double Value(Field field, int stock, int daysAgo = 0)
    {
        ThrowIfNoStock(stock);
        ArgumentOutOfRangeException.ThrowIfNegative(daysAgo);
        return Column(field) is { } column && daysAgo < DayCount
            ? column[(stock * _capacity) + DayCount - 1 - daysAgo]
            : double.NaN;
    }

    /// <summary>The closing price some days ago; 0 is today. NaN if there is none.</summary>
    [Reads(Field.Close)]
    public double Close(int stock, int daysAgo = 0) => Value(Field.Close, stock, daysAgo);

    /// <summary>The latest values of a stock, oldest first, today last. Shorter than asked for while the history is
    /// short, empty if the field is missing.</summary>
    public ReadOnlySpan<double> Recent(Field field, int stock, int days)
    {
        ThrowIfNoStock(stock);
        ArgumentOutOfRangeException.ThrowIfNegative(days);
        var length = Math.Min(days, DayCount);
        return Column(field) is { } column ? column.AsSpan((stock * _capacity) + DayCount - length, length) : [];
    }

    /// <summary>The latest closing prices of a stock, oldest first, today last.</summary>
    [Reads(Field.Close)]
    public ReadOnlySpan<double> Closes(int stock, int days) => Recent(Field.Close, stock, days);

    /// <summary>Mean of the latest values; NaN before so many days have passed or if more than half of them are
    /// missing.</summary>
    public double Mean(Field field, int stock, int days) => Indicators.Mean(Window(field, stock, days));

    /// <summary>Largest of the latest values; NaN before so many days have passed or if more than half of them are
    /// missing.</summary>
    public double Max(Field field, int stock, int days) => Indicators.Max(Window(field, stock, days));

    /// <summary>Smallest of the latest values; NaN before so many days have passed or if more than half of them are
    /// missing.</summary>
    public double Min(Field field, int stock, int days) => Indicators.Min(Window(field, stock, days));

    /// <summary>Return over so many days as a share (0.1 = 10 %), dividends included where known; skip leaves out the
    /// latest days.</summary>
    [Reads(Field.AdjustedClose, Field.Close)]
    public double Return(int stock, int days, int skip = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(days);
        var first = Value(Price, stock, days + skip);
        var last = Value(Price, stock, skip);
        return first > 0 && last > 0 ? (last / first) - 1 : double.NaN;
    }

    /// <summary>Standard deviation of the daily returns of the latest days, as a share per day.</summary>
    [Reads(Field.AdjustedClose, Field.Close)]
    public double Volatility(int stock, int days)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(days);
        return Indicators.Volatility(Window(Price, stock, days + 1));
    }

    /// <summary>Appends days.</summary>
    /// <param name="fields">Order of the fields in <paramref name="values"/>.</param>
    /// <param name="days">Number of days to append.</param>
    /// <param name="values">Field by field, in it stock by stock, in it day by day.</param>
    internal void Append(ReadOnlySpan<Field> fields, int days, ReadOnlySpan<double> values)
    {
        if (values.Length != fields.Length * StockCount * days)
        {
            throw new ArgumentException("Wrong number of values.", nameof(values));
        }

        Grow(DayCount + days);
        foreach (var field in fields)
        {
            var column = Column(field) ?? throw new ArgumentException("Unknown field.", nameof(fields));
            for (var stock = 0; stock < StockCount; stock++)
            {
                values[..days].CopyTo(column.AsSpan((stock * _capacity) + DayCount, days));
                values = values[days..];
            }
        }

        DayCount += days;
    }

    private Field Price => Has(Field.AdjustedClose) ? Field.AdjustedClose : Field.Close;

    private double[]? Column(Field field) => (uint)field < FieldCount ? _columns[(int)field] : null;

    private ReadOnlySpan<double> Window(Field field, int stock, int days)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(days);
        var values = Recent(field, stock, days);
        return values.Length == days ? values : [];
    }

    private void Grow(int days)
    {
        var capacity = _capacity;
        while (capacity < days)
        {
            capacity += capacity / 2;
        }

        if (capacity == _capacity)
        {
            return;
        }

        for (var field = 0; field < FieldCount; field++)
        {
            if (_columns[field] is not { } column)
            {
                continue;
            }

            var larger = new double[StockCount * capacity];
            for (var stock = 0; stock < StockCount; stock++)
            {
                column.AsSpan(stock * _capacity, DayCount).CopyTo(larger.AsSpan(stock * capacity));
            }

            _columns[field] = larger;
        }

        _capacity = capacity;
    }

    private void ThrowIfNoStock(int stock)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(stock);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(stock, StockCount);
    }
}
