using System.CommandLine;

namespace RolloutDashboard.Benchmarks.Seed;

/// <summary>The options of `seed`.</summary>
internal sealed class SeedOptions
{
    public Option<int> Rows { get; } =
        new("--rows") { Description = "Production iterations to write.", DefaultValueFactory = _ => 200_000 };

    public Option<string> Data { get; } =
        new("--data") { Description = "Empty data directory to fill.", Required = true };

    public Option<int> Seed { get; } =
        new("--seed") { Description = "Same seed, same iterations.", DefaultValueFactory = _ => 1 };

    public Option<int> Equity { get; } =
        new("--equity")
        {
            Description = "How many of the latest iterations carry an equity curve, 8 KB each.",
            DefaultValueFactory = _ => 20_000,
        };

    public Option<bool> Running { get; } =
        new("--running") { Description = "The loop goes on when a server starts on the directory; else it is paused." };

    public Option<bool> JsonOnly { get; } =
        new("--json-only")
        {
            Description =
                "The configuration in force gives every request to JSON, which is fast enough for many iterations a second.",
        };

    public IEnumerable<Option> All => [Rows, Data, Seed, Equity, Running, JsonOnly];
}
