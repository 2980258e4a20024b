namespace RolloutDashboard.Core.Market.Indicators;

/// <summary>
/// Indicators of one market for one backtest; counts look-ups, so that the hit rate belongs to its iteration.
/// One view serves one backtest on one thread; the cache behind it is shared.
/// </summary>
/// <param name="cache">Null computes every indicator anew (template_cache_enabled = false).</param>
public sealed class IndicatorView(MarketPanel panel, IIndicatorCache? cache = null)
{
    public MarketPanel Panel { get; } = panel;

    /// <summary>A view with the cache if it may be used, else one that computes everything.</summary>
    public static IndicatorView For(MarketPanel panel, IIndicatorCache cache, bool cached) =>
        new(panel, cached ? cache : null);

    /// <summary>Indicator requests of this backtest.</summary>
    public int Lookups { get; private set; }

    /// <summary>Requests answered from the cache.</summary>
    public int Hits { get; private set; }

    /// <summary>Requests on which the cache itself failed; they were computed directly.</summary>
    public int Faults { get; private set; }

    /// <summary>One indicator request, a value per stock: from the cache, or computed.</summary>
    /// <param name="name">Names the formula; first and second are its parameters.</param>
    /// <param name="maker">Makes rows of the given days.</param>
    public IndicatorRows<double> Rows(
        string name,
        double first,
        double second,
        SignalCalendar calendar,
        Func<IReadOnlyList<int>, RowMaker<double>> maker
    ) =>
        Ask(
            new IndicatorKey(Panel.IndicatorBasis, name, first, second, calendar.Name),
            Panel.StockCount,
            calendar.Days,
            maker
        );

    /// <summary>Likewise with a bit per stock; see <see cref="StockMask"/>.</summary>
    public IndicatorRows<byte> Bits(
        string name,
        double first,
        double second,
        SignalCalendar calendar,
        Func<IReadOnlyList<int>, RowMaker<byte>> maker
    ) =>
        Ask(
            new IndicatorKey(Panel.IndicatorBasis, name, first, second, calendar.Name),
            StockMask.Length(Panel.StockCount),
            calendar.Days,
            maker
        );

    private IndicatorRows<T> Ask<T>(
        IndicatorKey key,
        int width,
        IReadOnlyList<int> days,
        Func<IReadOnlyList<int>, RowMaker<T>> maker
    )
        where T : unmanaged
    {
        Lookups++;
        if (cache is null)
        {
            return IndicatorRows<T>.Stream(width, maker(days));
        }

        Exception? own = null;
        try
        {
            var rows = cache.GetOrCompute(
                key,
                () => Guarded(() => IndicatorRows<T>.Table(width, days, maker(days)), ref own),
                out var hit
            );
            Hits += hit ? 1 : 0;
            return (IndicatorRows<T>)rows;
        }
        catch (Exception fault) when (!ReferenceEquals(fault, own) && fault is not OperationCanceledException)
        {
            Faults++;
            return IndicatorRows<T>.Stream(width, maker(days));
        }
    }

    private static IndicatorRows Guarded(Func<IndicatorRows> compute, ref Exception? own)
    {
        try
        {
            return compute();
        }
        catch (Exception exception)
        {
            own = exception;
            throw;
        }
    }
}
