using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using RolloutDashboard.Background;
using RolloutDashboard.Commands;
using RolloutDashboard.Commands.Backups;
using RolloutDashboard.Components.Formatting;
using RolloutDashboard.Components.Shared;
using RolloutDashboard.Feed;

namespace RolloutDashboard.Components.Operations;

/// <summary>Backups with what can be done about them; work goes on when the page is left.</summary>
public sealed partial class BackupsPanel : IDisposable
{
    private const int Shown = 6;
    private static readonly DialogOptions Options = new()
    {
        CloseOnEscapeKey = true,
        BackdropClick = false,
        MaxWidth = MaxWidth.Small,
        FullWidth = true,
    };
    private IDisposable? _listening;
    private BackupsView? _view;
    private CommandResult? _result;
    private string? _failure;
    private bool _all;

    [Inject]
    public required IBackupCommands Desk { get; set; }

    [Inject]
    public required CommandRunner Runner { get; set; }

    [Inject]
    public required LiveSession Session { get; set; }

    [Inject]
    public required IDialogService Dialogs { get; set; }

    private bool Busy => Runner.IsBusy || _view?.Work is { EndedAt: null };

    private string Plan =>
        _view is { } view
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"One every {view.Every.TotalMinutes:0.#} minutes, before each promotion and change of the schema; the latest {view.Keep} of each reason are kept."
            )
            : "Reading the backups…";

    public void Dispose() => _listening?.Dispose();

    protected override void OnInitialized()
    {
        _listening = Session.Listen(() => InvokeAsync(Look));
        Look();
    }

    private static string InWords(long bytes) =>
        bytes < 1024 * 1024
            ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0} KB")
            : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:0.0} MB");

    private static StatusPresentation Look(DatabaseTask task) =>
        task.Succeeded switch
        {
            true => new(Icons.Material.Filled.CheckCircle, "done", "good"),
            false => new(Icons.Material.Filled.Cancel, "failed", "bad"),
            null => new(Icons.Material.Outlined.Pending, "running", "info"),
        };

    private void Look()
    {
        try
        {
            (_view, _failure) = (Desk.Read(), null);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _failure = exception.Message;
        }

        StateHasChanged();
    }

    private async Task RunAsync(string name, Func<ClaimsPrincipal, CancellationToken, Task<CommandResult>> command)
    {
        _result = await Runner.RunAsync(name, command, CancellationToken.None);
        Look();
    }

    private async Task RestoreAsync(BackupLine backup)
    {
        var dialog = await Dialogs.ShowAsync<RestoreDialog>(
            "Restore",
            new DialogParameters<RestoreDialog> { { one => one.Backup, backup } },
            Options
        );
        await dialog.Result;
        Look();
    }
}
