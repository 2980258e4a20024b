using BenchmarkDotNet.Attributes;
using RolloutDashboard.Core.Backtesting;

namespace RolloutDashboard.Benchmarks;

/// <summary>One backtest with warm indicators, and a sweep of 100 parameter sets.</summary>
[MemoryDiagnoser]
public class ReferenceWorkloadBenchmarks
{
    private ReferenceWorkload _workload = null!;

    [Params(100, 500, 2000)]
    public int Stocks { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _workload = new ReferenceWorkload(Stocks);
        _workload.Cached();
        _workload.Cached();
    }

    [Benchmark]
    public BacktestMetrics Cached() => _workload.Cached();

    [Benchmark]
    public double Sweep100() => _workload.Sweep(threads: 1);

    [Benchmark]
    public double Sweep100TwoThreads() => _workload.Sweep(threads: 2);
}
