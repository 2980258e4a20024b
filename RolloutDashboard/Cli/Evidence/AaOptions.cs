using System.CommandLine;
using RolloutDashboard.Core.Evidence.AaTest;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Cli.Evidence;

/// <summary>The options of <c>aa</c>.</summary>
internal sealed class AaOptions
{
    public Option<bool> Real { get; } =
        new("--real") { Description = "One real run through generation and backtest instead, both arms in JSON mode." };

    public IEnumerable<Option> All => [Runs, Iterations, Rate, Seed, Hash, Real];

    private Option<int> Runs { get; } =
        new("--runs") { Description = "Scripted runs.", DefaultValueFactory = _ => 2000 };

    private Option<int> Iterations { get; } =
        new("--iterations") { Description = "Iterations of one run.", DefaultValueFactory = _ => 200 };

    private Option<double> Rate { get; } =
        new("--rate") { Description = "True success of both arms, between 0 and 1.", DefaultValueFactory = _ => 0.5 };

    private Option<string> Seed { get; } =
        new("--seed") { Description = "The same seed gives the same report.", DefaultValueFactory = _ => "a/a" };

    private Option<bool> Hash { get; } = new("--hash") { Description = "Assigns by hash instead of blocks." };

    public AaSettings Settings(ParseResult parsed) =>
        new(
            parsed.GetValue(Runs),
            parsed.GetValue(Iterations),
            parsed.GetValue(Rate),
            parsed.GetValue(Seed)!,
            parsed.GetValue(Hash) ? AllocationKind.Hash : AllocationKind.Blocks
        );
}
