using System.CommandLine;
using RolloutDashboard.Core.Storage.Files;

namespace RolloutDashboard.Benchmarks.Seed;

/// <summary>`seed --rows 200000 --data DIR`.</summary>
internal static class SeedCommand
{
    public static Command Create(TextWriter output)
    {
        var options = new SeedOptions();
        var command = new Command(
            "seed",
            "Fills a data directory with a long rollout that a server accepts as its own."
        );
        foreach (var option in options.All)
        {
            command.Add(option);
        }

        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var directory = DataDirectory.Make(parsed.GetRequiredValue(options.Data));
                await new SeedDatabase(directory, output).ExecuteAsync(
                    parsed.GetValue(options.Rows),
                    parsed.GetValue(options.Seed),
                    parsed.GetValue(options.Equity),
                    parsed.GetValue(options.Running),
                    parsed.GetValue(options.JsonOnly),
                    TimeProvider.System.GetUtcNow(),
                    cancellationToken
                );
            }
        );
        return command;
    }
}
