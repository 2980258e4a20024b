using System.CommandLine;
using System.Globalization;
using BenchmarkDotNet.Running;
using RolloutDashboard.Benchmarks;
using RolloutDashboard.Benchmarks.Lineages;
using RolloutDashboard.Benchmarks.Load;
using RolloutDashboard.Benchmarks.Loop;
using RolloutDashboard.Benchmarks.Noise;
using RolloutDashboard.Benchmarks.Seed;

if (args is ["quick", .. var only])
{
    QuickTimings.Run(Console.Out, string.Join(' ', only));
    return 0;
}

if (args is ["characteristics", .. var runs])
{
    new OperatingCharacteristics(
        Console.Out,
        runs is [var wanted] ? int.Parse(wanted, CultureInfo.InvariantCulture) : 500
    ).Run();
    return 0;
}

if (args is ["lineages", .. var wantedRuns])
{
    new LineageCharacteristics(
        Console.Out,
        wantedRuns is [var given] ? int.Parse(given, CultureInfo.InvariantCulture) : 4000
    ).Run();
    return 0;
}

if (args is ["noise", .. var counts])
{
    new SelectionOnNoise(
        Console.Out,
        counts is [var times] ? int.Parse(times, CultureInfo.InvariantCulture) : 500
    ).Run();
    return 0;
}

if (args is ["history", var file, var records])
{
    HistoryGenerator.Write(file, long.Parse(records, CultureInfo.InvariantCulture));
    return 0;
}

if (args is ["iteration"])
{
    await IterationParts.RunAsync(Console.Out);
    return 0;
}

if (args is ["market", .. var seeds])
{
    await MarketOutcomes.RunAsync(
        Console.Out,
        seeds is [var count] ? int.Parse(count, System.Globalization.CultureInfo.InvariantCulture) : 20
    );
    return 0;
}

if (args is ["seed" or "pages" or "live" or "import", ..])
{
    var root = new RootCommand("Benchmarks and load scenarios.") { SeedCommand.Create(Console.Out) };
    foreach (var command in LoadCommands.All(Console.Out))
    {
        root.Add(command);
    }

    return await root.Parse(args).InvokeAsync();
}

BenchmarkSwitcher.FromAssembly(typeof(QuickTimings).Assembly).Run(args);
return 0;
