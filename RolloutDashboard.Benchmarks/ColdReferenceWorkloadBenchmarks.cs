using System.Diagnostics;
using BenchmarkDotNet.Attributes;
using RolloutDashboard.Core.Backtesting;

namespace RolloutDashboard.Benchmarks;

/// <summary>One backtest on a market that nothing has been computed for.</summary>
[MemoryDiagnoser]
[InvocationCount(1)]
public class ColdReferenceWorkloadBenchmarks
{
    private ReferenceWorkload _workload = null!;

    [Params(100, 500, 2000)]
    public int Stocks { get; set; }

    /// <summary>One run an iteration is too few for the runtime to compile the loops for good, so that happens
    /// here.</summary>
    [GlobalSetup]
    public void Setup()
    {
        _workload = new ReferenceWorkload(Stocks);
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < TimeSpan.FromSeconds(2); )
        {
            _workload.Chill();
            _workload.Cold();
        }
    }

    [IterationSetup]
    public void Chill() => _workload.Chill();

    [Benchmark]
    public BacktestMetrics Cold() => _workload.Cold();
}
