using RolloutDashboard.Core.Market;
using RolloutDashboard.Core.Market.Indicators;
using RolloutDashboard.Tests.Backtesting;

namespace RolloutDashboard.Tests.Market.Indicators;

public sealed class IndicatorCacheTests
{
    private static readonly MarketPanel Panel = ReferencePanel.Panel(4, ReferencePanel.Closes(4, 50));
    private static readonly SignalCalendar Weekly = new("weekly", [9, 14, 19]);
    private static readonly SignalCalendar Later = new("later", [10, 15]);

    [Fact]
    public void Rows_AskedTwice_HitsOnce()
    {
        var cache = new IndicatorCache();
        var first = new IndicatorView(Panel, cache);
        var second = new IndicatorView(Panel, cache);

        first.Momentum(5, Weekly);
        first.Average(MarketField.Close, 5, Weekly);
        second.Momentum(5, Weekly);

        Assert.Equal((2, 0), (first.Lookups, first.Hits));
        Assert.Equal((1, 1), (second.Lookups, second.Hits));
    }

    [Fact]
    public void Rows_OtherCalendar_HasRowsOfItsOwn()
    {
        var cache = new IndicatorCache();

        new IndicatorView(Panel, cache).Momentum(5, Weekly);
        var other = new IndicatorView(Panel, cache);
        other.Momentum(5, Later);

        Assert.Equal(0, other.Hits);
        Assert.Equal(5 * 4 * sizeof(double), cache.Bytes);
    }

    [Fact]
    public void Rows_OtherData_IsNoHit()
    {
        var cache = new IndicatorCache();
        new IndicatorView(Panel, cache).Momentum(5, Weekly);

        var other = new IndicatorView(
            ReferencePanel.Panel(4, [.. ReferencePanel.Closes(4, 50).Select(price => price + 1)]),
            cache
        );
        other.Momentum(5, Weekly);

        Assert.Equal(0, other.Hits);
    }

    [Fact]
    public void Rows_CacheOff_CountsLookupsWithoutHits()
    {
        var view = new IndicatorView(Panel);

        view.Momentum(5, Weekly);
        view.Momentum(5, Weekly);

        Assert.Equal((2, 0, 0), (view.Lookups, view.Hits, view.Faults));
    }

    [Fact]
    public void Rows_CacheFault_ComputesDirectlyAndIsCounted()
    {
        var view = new IndicatorView(Panel, new BrokenCache());

        var rows = view.Momentum(5, Weekly);

        Assert.Equal((1, 0, 1), (view.Lookups, view.Hits, view.Faults));
        Assert.True(rows.Row(0, 9).SequenceEqual(new IndicatorView(Panel).Momentum(5, Weekly).Row(0, 9)));
    }

    [Fact]
    public void Rows_MissingField_IsNoCacheFault()
    {
        var view = new IndicatorView(Panel, new IndicatorCache());

        Assert.Throws<MissingMarketDataException>(() => view.Average(MarketField.Volume, 5, Weekly));
        Assert.Equal(0, view.Faults);
    }

    [Fact]
    public void GetOrCompute_FullCache_GivesUpWhatWasUsedLongestAgo()
    {
        const long one = 3 * 4 * sizeof(double);
        var cache = new IndicatorCache(capacity: 2 * one);
        var view = new IndicatorView(Panel, cache);

        view.Momentum(5, Weekly);
        view.Momentum(6, Weekly);
        view.Momentum(5, Weekly);
        view.Momentum(7, Weekly);
        view.Momentum(5, Weekly);
        view.Momentum(6, Weekly);

        Assert.Equal(2, view.Hits);
        Assert.Equal((2, 2 * one, 2L), (cache.Count, cache.Bytes, cache.Evictions));
    }

    [Fact]
    public async Task GetOrCompute_ManyWorkersAtOnce_ComputeOnce()
    {
        var cache = new IndicatorCache();
        var computed = 0;
        using var gate = new Barrier(8);
        var workers = Enumerable
            .Range(0, 8)
            .Select(_ =>
                Task.Factory.StartNew(
                    () =>
                    {
                        gate.SignalAndWait(TestContext.Current.CancellationToken);
                        return cache.GetOrCompute(new IndicatorKey("v", "i", 1, 0, ""), Compute, out var _);
                    },
                    TestContext.Current.CancellationToken,
                    TaskCreationOptions.LongRunning,
                    TaskScheduler.Default
                )
            );

        var rows = await Task.WhenAll(workers);

        Assert.Equal(1, computed);
        Assert.Single(rows.Distinct());

        IndicatorRows Compute()
        {
            Interlocked.Increment(ref computed);
            return IndicatorRows<double>.Table(4, [0], (_, row) => row.Clear());
        }
    }

    [Fact]
    public void GetOrCompute_FailedComputation_IsTriedAgain()
    {
        var cache = new IndicatorCache();
        var key = new IndicatorKey("v", "i", 1, 0, "");

        Assert.Throws<InvalidOperationException>(() =>
            cache.GetOrCompute(key, () => throw new InvalidOperationException(), out _)
        );
        var rows = cache.GetOrCompute(
            key,
            () => IndicatorRows<double>.Table(1, [0], (_, row) => row[0] = 1),
            out var hit
        );

        Assert.False(hit);
        Assert.Equal(1, Assert.IsType<IndicatorRows<double>>(rows).Row(0, 0)[0]);
    }

    private sealed class BrokenCache : IIndicatorCache
    {
        public IndicatorRows GetOrCompute(IndicatorKey key, Func<IndicatorRows> compute, out bool hit) =>
            throw new InvalidOperationException("broken");
    }
}
