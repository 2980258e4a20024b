using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using RolloutDashboard.Core.Market.Indicators;

namespace RolloutDashboard.Core.Market;

/// <summary>
/// Immutable panels, days x stocks, one contiguous array per field in day-major order (day * StockCount + stock).
/// A value stands on the day from which it is usable; fundamentals are carried forward from their publication day.
/// </summary>
public sealed class MarketPanel
{
    private readonly IReadOnlyDictionary<MarketField, double[]> _byDay;
    private readonly ConcurrentDictionary<MarketField, double[]> _byStock = new();
    private readonly ConcurrentDictionary<MarketField, LazyOnSecondUse<double[]>> _filledByStock = new();
    private readonly ConcurrentDictionary<MarketField, LazyOnSecondUse<DayTotals>> _totals = new();
    private readonly ConcurrentDictionary<MarketField, LazyOnSecondUse<DayTotals>> _returnTotals = new();

    private readonly ConcurrentDictionary<string, SignalCalendar> _calendars = new();
    private readonly ConcurrentDictionary<int, MarketPanel> _firstDays = new();
    private readonly ConcurrentDictionary<MarketField, double[]> _known = new();
    private readonly ConcurrentDictionary<MarketField, double[]> _knownByStock = new();
    private readonly Lazy<PriceGaps> _gaps;
    private string? _basis;

    /// <param name="name">What people call this market, for example "synthetic, seed 42".</param>
    /// <param name="isSynthetic">Whether the numbers are made by a generator; shown on every page.</param>
    /// <param name="dates">Trading days, strictly increasing.</param>
    /// <param name="stocks">Stock codes, distinct.</param>
    /// <param name="byDay">One array of dates.Count * stocks.Count per field, day-major; taken over, not
    /// copied.</param>
    /// <exception cref="ArgumentException">Dates do not increase, a length is wrong, or Close is missing.</exception>
    public MarketPanel(
        string name,
        bool isSynthetic,
        IReadOnlyList<DateOnly> dates,
        IReadOnlyList<string> stocks,
        IReadOnlyDictionary<MarketField, double[]> byDay
    )
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        RequireIncreasing(dates);
        foreach (var (field, values) in byDay)
        {
            if (values.Length != dates.Count * stocks.Count)
            {
                throw new ArgumentException(
                    $"{field} holds {values.Length} values, {dates.Count} days x {stocks.Count} stocks need {dates.Count * stocks.Count}.",
                    nameof(byDay)
                );
            }
        }

        if (!byDay.ContainsKey(MarketField.Close))
        {
            throw new ArgumentException("A market needs at least Close.", nameof(byDay));
        }

        Name = name;
        IsSynthetic = isSynthetic;
        Dates = dates;
        Stocks = stocks;
        _byDay = byDay;
        DataVersion = ComputeVersion();
        _gaps = new Lazy<PriceGaps>(FindGaps);
    }

    /// <summary>Most days in a row over which the sources' markets carry a stock's last values.</summary>
    public const int UsualCarryDays = 10;

    private MarketPanel(MarketPanel whole, int days)
    {
        Name = whole.Name;
        IsSynthetic = whole.IsSynthetic;
        Dates = [.. whole.Dates.Take(days)];
        Stocks = whole.Stocks;
        _byDay = whole._byDay;
        DataVersion = whole.DataVersion;
        CarryDays = whole.CarryDays;
        _gaps = new Lazy<PriceGaps>(FindGaps);
    }

    public string Name { get; }

    public bool IsSynthetic { get; }

    /// <summary>Trading days, strictly increasing.</summary>
    public IReadOnlyList<DateOnly> Dates { get; }

    public IReadOnlyList<string> Stocks { get; }

    public int DayCount => Dates.Count;

    public int StockCount => Stocks.Count;

    /// <summary>
    /// Most trading days in a row, between a stock's first and last price, over which its last values are carried where
    /// it has no price; it can't be traded then. 0 (the default) is the strict rule: no price is no value, and a
    /// holding without one is sold at its last.
    /// </summary>
    public int CarryDays { get; init; }

    /// <summary>Whether a stock has no price somewhere between its first and last one, in a market that carries
    /// values.</summary>
    public bool HasGaps => CarryDays > 0 && _gaps.Value.Any;

    /// <summary>What is carried forward here; nothing under the strict rule.</summary>
    public GapTotals Gaps => CarryDays > 0 ? _gaps.Value.Totals : default;

    /// <summary>The data, the days of them, and the rule for gaps: equal texts mean equal indicators.</summary>
    public string IndicatorBasis =>
        _basis ??=
            CarryDays > 0
                ? string.Create(
                    System.Globalization.CultureInfo.InvariantCulture,
                    $"{DataVersion}/{DayCount}/{CarryDays}"
                )
                : DataVersion;

    /// <summary>Hash of the content, of the whole market where this is a part: first 16 hexadecimal digits of a SHA-256
    /// over days, stocks and every field.</summary>
    public string DataVersion { get; }

    /// <summary>The fields this market has.</summary>
    public IReadOnlyCollection<MarketField> Fields => [.. _byDay.Keys.Order()];

    public bool Has(MarketField field) => _byDay.ContainsKey(field);

    /// <summary>The market up to a day, as if nothing had come after it; the same object for the same number of
    /// days.</summary>
    /// <param name="days">1 to <see cref="DayCount"/>; all of them give this panel itself.</param>
    /// <remarks>It shares the numbers and the version of the whole; what is derived from them is its own.</remarks>
    public MarketPanel FirstDays(int days)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(days);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(days, DayCount);
        return days == DayCount ? this : _firstDays.GetOrAdd(days, count => new MarketPanel(this, count));
    }

    /// <summary>Values of a field, day-major; those of the first days of a longer market are followed by the rest of
    /// it.</summary>
    /// <exception cref="MissingMarketDataException">This market lacks the field.</exception>
    public double[] ByDay(MarketField field) =>
        _byDay.TryGetValue(field, out var values) ? values : throw new MissingMarketDataException(Name, [field]);

    /// <summary>All values of a field, stock-major (stock * DayCount + day); transposed once, then kept until
    /// <see cref="ReleaseSums"/>.</summary>
    /// <exception cref="MissingMarketDataException">This market lacks the field.</exception>
    public double[] ByStock(MarketField field) => _byStock.GetOrAdd(field, f => Transpose(ByDay(f)));

    /// <summary>The price that returns are computed from: AdjustedClose where the market has it, else Close.</summary>
    public MarketField PriceField => Has(MarketField.AdjustedClose) ? MarketField.AdjustedClose : MarketField.Close;

    /// <summary>
    /// A field stock-major with gaps filled by the last value before them, NaN before a stock's first value; null at
    /// the first request: a single backtest is faster from the days, only the next ones earn the columns back.
    /// </summary>
    /// <exception cref="MissingMarketDataException">This market lacks the field.</exception>
    public double[]? FilledByStockWhenReused(MarketField field) =>
        _filledByStock.GetOrAdd(field, f => new LazyOnSecondUse<double[]>(() => Fill(Transpose(ByDay(f))))).Ask();

    /// <summary>Sums of a field over the days; null at the first request.</summary>
    internal DayTotals? TotalsWhenReused(MarketField field) =>
        _totals
            .GetOrAdd(field, f => new LazyOnSecondUse<DayTotals>(() =>
                new DayTotals(day => KnownDay(f, day), StockCount, firstDay: 0, DayCount)
            ))
            .Ask();

    /// <summary>Sums of a field's daily changes; null at the first request.</summary>
    internal DayTotals? ReturnTotalsWhenReused(MarketField field) =>
        _returnTotals
            .GetOrAdd(field, f => new LazyOnSecondUse<DayTotals>(() =>
                new DayTotals(IndicatorKernels.Returns(this, f), StockCount, firstDay: 1, DayCount)
            ))
            .Ask();

    /// <summary>The calendar of this name; its days are found once.</summary>
    /// <param name="days">The same for the same name.</param>
    public SignalCalendar CalendarOf(string name, Func<IReadOnlyList<int>> days) =>
        _calendars.GetOrAdd(name, key => new SignalCalendar(key, days()));

    /// <summary>One day of a field, one value per stock.</summary>
    /// <exception cref="MissingMarketDataException">This market lacks the field.</exception>
    public ReadOnlySpan<double> Day(MarketField field, int day) => ByDay(field).AsSpan(day * StockCount, StockCount);

    /// <summary>One stock of a field, one value per day.</summary>
    /// <exception cref="MissingMarketDataException">This market lacks the field.</exception>
    public ReadOnlySpan<double> Stock(MarketField field, int stock) =>
        ByStock(field).AsSpan(stock * DayCount, DayCount);

    /// <summary>A field as indicators and strategies know it, day-major: the last value carried over gaps of
    /// <see cref="CarryDays"/>.</summary>
    /// <exception cref="MissingMarketDataException">This market lacks the field.</exception>
    public double[] KnownByDay(MarketField field) =>
        HasGaps ? _known.GetOrAdd(field, f => _gaps.Value.Carry(ByDay(f))) : ByDay(field);

    /// <summary>One day of <see cref="KnownByDay"/>, one value per stock.</summary>
    /// <exception cref="MissingMarketDataException">This market lacks the field.</exception>
    public ReadOnlySpan<double> KnownDay(MarketField field, int day) =>
        KnownByDay(field).AsSpan(day * StockCount, StockCount);

    /// <summary>One stock of <see cref="KnownByDay"/>, one value per day.</summary>
    /// <exception cref="MissingMarketDataException">This market lacks the field.</exception>
    public ReadOnlySpan<double> KnownStock(MarketField field, int stock) =>
        HasGaps
            ? _knownByStock.GetOrAdd(field, f => Transpose(KnownByDay(f))).AsSpan(stock * DayCount, DayCount)
            : Stock(field, stock);

    /// <summary>Whether a stock without a price on this day has one later, in a market that carries values: it is
    /// suspended, not delisted.</summary>
    public bool IsListedAfter(int stock, int day) => CarryDays > 0 && _gaps.Value.IsListed(stock, day);

    /// <summary>Gives up the copies and sums that only making indicators needs; whoever asks for them again makes them
    /// again.</summary>
    public void ReleaseSums()
    {
        _byStock.Clear();
        _knownByStock.Clear();
        _totals.Clear();
        _returnTotals.Clear();
    }

    private static void RequireIncreasing(IReadOnlyList<DateOnly> dates)
    {
        for (var i = 1; i < dates.Count; i++)
        {
            if (dates[i] <= dates[i - 1])
            {
                throw new ArgumentException(
                    $"Dates must strictly increase; {dates[i]:O} follows {dates[i - 1]:O}.",
                    nameof(dates)
                );
            }
        }
    }

    // Of these days alone: whether a stock will have a price again is not known behind them.
    private PriceGaps FindGaps() =>
        new(ByDay(MarketField.Close).AsSpan(0, DayCount * StockCount), StockCount, CarryDays);

    private double[] Transpose(double[] source)
    {
        // In tiles, so that neither side leaves the processor's cache between two neighbours.
        const int tile = 32;
        var target = GC.AllocateUninitializedArray<double>(DayCount * StockCount);
        for (var index = 0; index < (DayCount + tile - 1) / tile * ((StockCount + tile - 1) / tile); index++)
        {
            var (firstDay, firstStock) = Math.DivRem(index, (StockCount + tile - 1) / tile);
            for (var stock = firstStock * tile; stock < Math.Min((firstStock + 1) * tile, StockCount); stock++)
            {
                for (var day = firstDay * tile; day < Math.Min((firstDay + 1) * tile, DayCount); day++)
                {
                    target[(stock * DayCount) + day] = source[(day * StockCount) + stock];
                }
            }
        }

        return target;
    }

    private double[] Fill(double[] byStock)
    {
        for (var i = 1; i < byStock.Length; i++)
        {
            if (double.IsNaN(byStock[i]) && i % DayCount != 0)
            {
                byStock[i] = byStock[i - 1];
            }
        }

        return byStock;
    }

    private string ComputeVersion()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(string.Join('\n', Stocks)));
        hash.AppendData(MemoryMarshal.AsBytes<int>(Dates.Select(date => date.DayNumber).ToArray()));
        foreach (var field in _byDay.Keys.Order())
        {
            hash.AppendData(Encoding.UTF8.GetBytes(field.ToString()));
            hash.AppendData(MemoryMarshal.AsBytes<double>(_byDay[field]));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }
}
