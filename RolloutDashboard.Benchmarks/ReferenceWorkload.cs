using RolloutDashboard.Core.Backtesting;
using RolloutDashboard.Core.Backtesting.Positions;
using RolloutDashboard.Core.Market;
using RolloutDashboard.Core.Market.Indicators;
using RolloutDashboard.Core.Strategies.Templates;
using RolloutDashboard.Tests.Backtesting;

namespace RolloutDashboard.Benchmarks;

/// <summary>The reference workload as the product runs it: plan from indicators, then the engine.</summary>
public sealed class ReferenceWorkload
{
    public const int Days = 2520;

    /// <summary>The parameter sets of the sweep: momentum, average, picks.</summary>
    public static readonly (int Momentum, int Average, int Top)[] Sets =
    [
        .. from momentum in new[] { 5, 10, 20, 30, 40, 60, 90, 120, 180, 240 }
        from average in new[] { 20, 40, 60, 90, 120 }
        from top in new[] { 5, 10 }
        select (momentum, average, top),
    ];

    private static readonly BacktestSettings Settings = new();
    private readonly double[] _closes;
    private readonly int _stocks;
    private MarketPanel _panel;
    private IndicatorCache _cache = new();

    public ReferenceWorkload(int stocks)
    {
        _stocks = stocks;
        _closes = ReferencePanel.Closes(stocks, Days);
        _panel = ReferencePanel.Panel(stocks, _closes);
    }

    /// <summary>Forgets layouts and indicators.</summary>
    public void Chill()
    {
        _panel = ReferencePanel.Panel(_stocks, _closes);
        _cache = new IndicatorCache();
    }

    /// <summary>Everything computed from the closes by day.</summary>
    public BacktestMetrics Cold() => Run(new IndicatorView(_panel), 60, 120, 10);

    /// <summary>Indicators from the cache.</summary>
    public BacktestMetrics Cached() => Run(new IndicatorView(_panel, _cache), 60, 120, 10);

    /// <summary>All parameter sets, indicators computed once each.</summary>
    public double Sweep(int threads)
    {
        _cache = new IndicatorCache();
        if (threads == 1)
        {
            return Sets.Sum(set =>
                Run(new IndicatorView(_panel, _cache), set.Momentum, set.Average, set.Top).TotalReturn!.Value
            );
        }

        var totals = new double[Sets.Length];
        Parallel.For(0, Sets.Length, new ParallelOptions { MaxDegreeOfParallelism = threads }, i =>
            totals[i] = Run(
                new IndicatorView(_panel, _cache),
                Sets[i].Momentum,
                Sets[i].Average,
                Sets[i].Top
            ).TotalReturn!.Value
        );
        return totals.Sum();
    }

    private BacktestMetrics Run(IndicatorView view, int momentum, int average, int top)
    {
        var plan = PriceMomentumTemplate.Plan(view, momentum, average, top, stopLoss: null, Resample.Monthly, Days);
        return Backtester.Run(_panel, plan, Settings, 0, Days).Metrics;
    }
}
