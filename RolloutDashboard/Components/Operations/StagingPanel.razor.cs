using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using RolloutDashboard.Commands;
using RolloutDashboard.Commands.Rollouts;
using RolloutDashboard.Components.Formatting;
using RolloutDashboard.Components.Shared;
using RolloutDashboard.Core.Monitoring.Operations;
using RolloutDashboard.Core.Promotions.Staging;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Components.Operations;

public sealed partial class StagingPanel
{
    private const string NoneWords =
        "No validation run yet. Its iterations never mix with production's; the iterations page shows them under Staging.";

    private string? _running;
    private CommandResult? _result;

    [Parameter, EditorRequired]
    public required OperationsView View { get; set; }

    /// <summary>After a command, so that the page reads again.</summary>
    [Parameter]
    public EventCallback OnChanged { get; set; }

    [Inject]
    public required CommandRunner Runner { get; set; }

    [Inject]
    public required ILoopCommands Commands { get; set; }

    private bool Busy => _running is not null || Runner.IsBusy;

    private StagingView? Running => View.Runs.FirstOrDefault(run => run.State == StagingState.Running);

    private string? AnswerWords => _running is not null ? $"{_running}…" : _result?.Message;

    private string Plan =>
        View.StagingPurpose == StagingPurpose.Resume
            ? $"A resume needs a passed run of {ValidateInStaging.Wanted} iterations with the configuration of stage {View.StagingStage.Number()}. It uses JSON in staging only; production stays in full code."
            : $"A promotion needs a passed run of {ValidateInStaging.Wanted} iterations with the configuration of stage {View.StagingStage.Number()}, {View.StagingStage.Title()}, beside the loop and apart from its records.";

    private static StatusPresentation Look(StagingState state) =>
        state switch
        {
            StagingState.Passed => new(Icons.Material.Filled.CheckCircle, "passed", "good"),
            StagingState.Failed => new(Icons.Material.Filled.Cancel, "failed", "bad"),
            StagingState.Cancelled => new(Icons.Material.Outlined.Block, "cancelled", "quiet"),
            _ => new(Icons.Material.Outlined.Pending, "running", "info"),
        };

    private async Task RunAsync(string name, Func<ClaimsPrincipal, CancellationToken, Task<CommandResult>> command)
    {
        _running = name;
        _result = await Runner.RunAsync(name, command, CancellationToken.None);
        _running = null;
        await OnChanged.InvokeAsync();
    }
}
