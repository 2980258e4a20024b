using Microsoft.AspNetCore.Components;
using MudBlazor;
using RolloutDashboard.Commands;
using RolloutDashboard.Components.Shared;
using RolloutDashboard.Core.Import;

namespace RolloutDashboard.Components.Imports;

public sealed partial class DeleteImportDialog
{
    private bool _running;
    private CommandResult? _result;

    [CascadingParameter]
    public required IMudDialogInstance Dialog { get; set; }

    [Parameter, EditorRequired]
    public required ImportedSetView Set { get; set; }

    [Inject]
    public required CommandRunner Runner { get; set; }

    [Inject]
    public required IImportCommands Commands { get; set; }

    private async Task DeleteAsync()
    {
        _running = true;
        _result = await Runner.RunAsync(
            "Delete",
            (user, token) => Commands.DeleteAsync(Set.Id, user, token),
            CancellationToken.None
        );
        _running = false;
        if (_result.Succeeded)
        {
            Dialog.Close(DialogResult.Ok(_result));
        }
    }
}
