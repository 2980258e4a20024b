using System.CommandLine;
using RolloutDashboard.Core.Storage.Files;

namespace RolloutDashboard.Benchmarks.Seed;

/// <summary>`seed --rows 200000 --data DIR`.</summary>
internal static class SeedCommand
{
    public static Command Create(TextWriter output)
    {
        var rows = new Option<int>("--rows")
        {
            Description = "Production iterations to write.",
            DefaultValueFactory = _ => 200_000,
        };
        var data = new Option<string>("--data") { Description = "Empty data directory to fill.", Required = true };
        var seed = new Option<int>("--seed")
        {
            Description = "Same seed, same iterations.",
            DefaultValueFactory = _ => 1,
        };
        var equity = new Option<int>("--equity")
        {
            Description = "How many of the latest iterations carry an equity curve, 8 KB each.",
            DefaultValueFactory = _ => 20_000,
        };
        var running = new Option<bool>("--running")
        {
            Description = "The loop goes on when a server starts on the directory; else it is paused.",
        };
        var jsonOnly = new Option<bool>("--json-only")
        {
            Description =
                "The configuration in force gives every request to JSON, which is fast enough for many iterations a second.",
        };
        var command = new Command(
            "seed",
            "Fills a data directory with a long rollout that a server accepts as its own."
        )
        {
            rows,
            data,
            seed,
            equity,
            running,
            jsonOnly,
        };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var directory = DataDirectory.Make(parsed.GetRequiredValue(data));
                await new SeedDatabase(directory, output).ExecuteAsync(
                    parsed.GetValue(rows),
                    parsed.GetValue(seed),
                    parsed.GetValue(equity),
                    parsed.GetValue(running),
                    parsed.GetValue(jsonOnly),
                    TimeProvider.System.GetUtcNow(),
                    cancellationToken
                );
            }
        );
        return command;
    }
}
