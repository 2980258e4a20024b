namespace RolloutDashboard.Core.Market;

/// <summary>Computes an indicator for the given days, in their order.</summary>
public delegate double[] IndicatorFunction(MarketPanel panel, IReadOnlyList<int> days);

/// <summary>
/// Indicators of one market for one backtest; counts look-ups, so that the hit rate belongs to its iteration.
/// One view serves one backtest on one thread; the cache behind it is shared.
/// </summary>
/// <param name="cache">Null computes every indicator anew (template_cache_enabled = false).</param>
public sealed class IndicatorView(MarketPanel panel, IIndicatorCache? cache = null)
{
    public MarketPanel Panel { get; } = panel;

    /// <summary>Indicator requests of this backtest.</summary>
    public int Lookups { get; private set; }

    /// <summary>Requests answered from the cache.</summary>
    public int Hits { get; private set; }

    /// <summary>Requests on which the cache itself failed; they were computed directly.</summary>
    public int Faults { get; private set; }

    /// <summary>One indicator request: from the cache, or computed.</summary>
    /// <param name="name">Names the formula; first and second are its parameters.</param>
    public IndicatorRows Rows(string name, double first, double second, SignalCalendar calendar, IndicatorFunction function)
    {
        Lookups++;
        if (cache is null)
        {
            return Compute(calendar.Days, function);
        }

        var days = (long)Panel.DayCount * Panel.StockCount * sizeof(double) <= cache.WholeDaysUpTo ? null : calendar.Days;
        var key = new IndicatorKey(Panel.DataVersion, name, first, second, days is null ? "" : calendar.Name);
        Exception? own = null;
        try
        {
            var rows = cache.GetOrCompute(key, () => Guarded(days, function, ref own), out var hit);
            Hits += hit ? 1 : 0;
            return rows;
        }
        catch (Exception fault) when (!ReferenceEquals(fault, own) && fault is not OperationCanceledException)
        {
            Faults++;
            return Compute(calendar.Days, function);
        }
    }

    private IndicatorRows Guarded(IReadOnlyList<int>? days, IndicatorFunction function, ref Exception? own)
    {
        try
        {
            return Compute(days, function);
        }
        catch (Exception exception)
        {
            own = exception;
            throw;
        }
    }

    private IndicatorRows Compute(IReadOnlyList<int>? days, IndicatorFunction function) =>
        new(function(Panel, days ?? [.. Enumerable.Range(0, Panel.DayCount)]), Panel.StockCount, days);
}
