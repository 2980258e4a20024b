using System.Globalization;
using RolloutDashboard.StrategyHost.Compiling;
using RolloutDashboard.StrategyHost.Running;
using RolloutDashboard.StrategyHost.Wire;

if (
    args is [var mode, var headroom, var seconds, var milliseconds, var leftOut]
    && Numbers(headroom, seconds, milliseconds, leftOut) is { } numbers
)
{
    var confinement = new Confinement(numbers[0], numbers[1], (HostLayers)numbers[3]);
    confinement.Begin();
    switch (mode)
    {
        case "compile":
            return CompileLoop.Run(
                StandardStreams.Input,
                StandardStreams.Output,
                confinement,
                TimeSpan.FromMilliseconds(numbers[2])
            );
        case "run":
            return RunLoop.Run(StandardStreams.Input, StandardStreams.Output, confinement);
    }
}

await Console.Error.WriteLineAsync(
    "usage: RolloutDashboard.StrategyHost compile | run HEADROOM-MEGABYTES CPU-SECONDS COMPILE-MILLISECONDS LAYERS-LEFT-OUT"
);
return 2;

static int[]? Numbers(params string[] texts)
{
    var numbers = new int[texts.Length];
    return texts
        .Index()
        .All(text => int.TryParse(text.Item, NumberStyles.None, CultureInfo.InvariantCulture, out numbers[text.Index]))
        ? numbers
        : null;
}
