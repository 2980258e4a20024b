using BenchmarkDotNet.Running;
using RolloutDashboard.Benchmarks;

if (args is ["quick"])
{
    QuickTimings.Run(Console.Out);
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(QuickTimings).Assembly).Run(args);
