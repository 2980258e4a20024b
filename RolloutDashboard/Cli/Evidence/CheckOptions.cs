using System.CommandLine;
using RolloutDashboard.Cli.Shared;
using RolloutDashboard.Core.Evidence.PlanCheck;

namespace RolloutDashboard.Cli.Evidence;

/// <summary>The options of <c>check</c>.</summary>
internal sealed class CheckOptions
{
    public Option<string?> Edits { get; } =
        new("--with") { Description = "Changes to try, such as \"3.3/overall-success=0.65;success-critical=0.45\"." };

    public Option<string?> Data { get; } = RecoveryServices.DataOption();

    public IEnumerable<Option> All => [Json, FullCode, Broken, Edits, Data];

    private Option<double> Json { get; } =
        new("--json") { Description = "Assumed true JSON success, 0 to 1.", DefaultValueFactory = _ => 0.80 };

    private Option<double> FullCode { get; } =
        new("--full-code") { Description = "Assumed true full-code success, 0 to 1.", DefaultValueFactory = _ => 0.25 };

    private Option<double> Broken { get; } =
        new("--broken")
        {
            Description = "JSON success after a drop that the rollback is to catch, 0 to 1.",
            DefaultValueFactory = _ => 0.40,
        };

    public AssumedRates Assumed(ParseResult parsed) =>
        new(parsed.GetValue(Json), parsed.GetValue(FullCode), parsed.GetValue(Broken));

    /// <summary>What is wrong with the rates or the directory, or null.</summary>
    public string? Fault(ParseResult parsed)
    {
        if (Assumed(parsed) is not { Json: >= 0 and <= 1, FullCode: >= 0 and <= 1, Broken: >= 0 and <= 1 })
        {
            return "Give rates from 0 to 1, for example --json 0.8 --full-code 0.25.";
        }

        return parsed.GetValue(Data) is { } named ? RecoveryServices.WhyNoDatabase(named) : null;
    }
}
