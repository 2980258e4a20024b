using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using RolloutDashboard.Commands;
using RolloutDashboard.Commands.Rollouts;
using RolloutDashboard.Components.Shared;
using RolloutDashboard.Core.Monitoring.Live;

namespace RolloutDashboard.Components.Loop;

public sealed partial class LoopControls
{
    private string? _running;
    private CommandResult? _result;

    [Parameter, EditorRequired]
    public LoopState Loop { get; set; }

    [Parameter]
    public string? Reason { get; set; }

    [Inject]
    public required CommandRunner Runner { get; set; }

    [Inject]
    public required ILoopCommands Commands { get; set; }

    private bool Busy => _running is not null || Runner.IsBusy;

    private string? AnswerWords => _running is not null ? $"{_running}…" : _result?.Message;

    private string Icon =>
        Loop switch
        {
            LoopState.Running => Icons.Material.Filled.Loop,
            LoopState.Paused => Icons.Material.Filled.PauseCircle,
            LoopState.Waiting => Icons.Material.Filled.HourglassBottom,
            _ => Icons.Material.Filled.StopCircle,
        };

    private async Task RunAsync(string name, Func<ClaimsPrincipal, CancellationToken, Task<CommandResult>> command)
    {
        _running = name;
        _result = await Runner.RunAsync(name, command, CancellationToken.None);
        _running = null;
    }
}
