using Microsoft.AspNetCore.Components;
using MudBlazor;
using RolloutDashboard.Commands;
using RolloutDashboard.Commands.Rollouts;
using RolloutDashboard.Components.Shared;
using RolloutDashboard.Feed;

namespace RolloutDashboard.Components.Rollbacks;

public sealed partial class RollbackDialog
{
    private string _reason = "";
    private bool _running;
    private CommandResult? _result;

    [CascadingParameter]
    public required IMudDialogInstance Dialog { get; set; }

    [Inject]
    public required LiveSession Session { get; set; }

    [Inject]
    public required CommandRunner Runner { get; set; }

    [Inject]
    public required IRollbackCommands Commands { get; set; }

    private string Title =>
        _result switch
        {
            null => "Stop JSON mode now?",
            { Succeeded: true } => "JSON mode stopped",
            _ => "JSON mode was not stopped",
        };

    protected override void OnInitialized() => _reason = RollbackEffect.Reason(Session.Snapshot);

    // A stop must go through even if the person closes the page meanwhile, so it gets no token of the page.
    private async Task StopAsync()
    {
        _running = true;
        var reason = string.IsNullOrWhiteSpace(_reason) ? RollbackEffect.Reason(Session.Snapshot) : _reason.Trim();
        _result = await Runner.RunAsync(
            "Roll back",
            (user, token) => Commands.StopJsonAsync(reason, user, token),
            CancellationToken.None
        );
        _running = false;
    }
}
