using Microsoft.AspNetCore.Components;
using MudBlazor;
using RolloutDashboard.Commands;
using RolloutDashboard.Commands.Backups;
using RolloutDashboard.Components.Shared;
using RolloutDashboard.Core.Decisions;

namespace RolloutDashboard.Components.Operations;

/// <summary>Asks for a restore: says what it takes away, wants a reason and the backup's name typed.</summary>
public sealed partial class RestoreDialog
{
    private string _reason = "";
    private string _typed = "";
    private bool _running;
    private CommandResult? _result;

    [Parameter, EditorRequired]
    public required BackupLine Backup { get; set; }

    [CascadingParameter]
    public required IMudDialogInstance Dialog { get; set; }

    [Inject]
    public required IBackupCommands Desk { get; set; }

    [Inject]
    public required CommandRunner Runner { get; set; }

    private string Title => _result is { Succeeded: true } ? "The restore has begun" : "Restore this backup?";

    private string? Missing =>
        _reason.Trim().Length < WrittenReason.Least ? $"{_reason.Trim().Length} of {WrittenReason.Least} characters"
        : _typed.Trim() != Backup.Name ? "The name is not typed yet"
        : null;

    private async Task ConfirmAsync()
    {
        _running = true;
        _result = await Runner.RunAsync(
            "Restore",
            (user, token) => Desk.RestoreAsync(Backup.Name, _typed, _reason, user, token),
            CancellationToken.None
        );
        _running = false;
    }
}
