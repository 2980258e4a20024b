using System.CommandLine;
using RolloutDashboard.Cli.Shared;
using RolloutDashboard.Components.Studies;
using RolloutDashboard.Core.Evidence.Comparisons.Selections;
using RolloutDashboard.Core.Evidence.Replay;

namespace RolloutDashboard.Cli.Evidence;

/// <summary>The options of <c>replay</c>.</summary>
internal sealed class ReplayOptions
{
    public Option<bool> Verify { get; } =
        new("--verify") { Description = "Judges all recorded judgements and decisions again and compares." };

    public Option<string?> Data { get; } = RecoveryServices.DataOption();

    public IEnumerable<Option> All => [History, Run, Stage, Gates, With, Verify, Data];

    private Option<string?> History { get; } =
        new("--history") { Description = "import:N for an imported data set; live, or nothing, for the rollout." };

    private Option<string?> Run { get; } = new("--run") { Description = "Run of an imported data set." };

    private Option<string?> Stage { get; } =
        new("--stage") { Description = "Stage in which an imported history begins, 3.1 to 3.4; without it 3.1." };

    private Option<string?> Gates { get; } =
        new("--gates") { Description = "Stored version of the gates; without it, the one in force." };

    private Option<string?> With { get; } =
        new("--with") { Description = "Changes to try, such as \"3.1/json-success=0.85@150;success-critical=0.45\"." };

    /// <exception cref="SelectionException">An option means nothing.</exception>
    public ReplayRequest Request(ParseResult parsed) =>
        ReplayAddress.Parse(
            parsed.GetValue(History),
            parsed.GetValue(Run),
            parsed.GetValue(Stage),
            parsed.GetValue(Gates),
            parsed.GetValue(With)
        );
}
