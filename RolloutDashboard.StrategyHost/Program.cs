using RolloutDashboard.StrategyHost.Compiling;
using RolloutDashboard.StrategyHost.Running;

switch (args)
{
    case ["compile"]:
        return CompileLoop.Run(Console.OpenStandardInput(), Console.OpenStandardOutput());
    case ["run"]:
        return RunLoop.Run(Console.OpenStandardInput(), Console.OpenStandardOutput());
    default:
        await Console.Error.WriteLineAsync("usage: RolloutDashboard.StrategyHost compile | run");
        return 2;
}
