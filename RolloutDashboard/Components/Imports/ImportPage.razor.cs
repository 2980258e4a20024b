using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MudBlazor;
using RolloutDashboard.Commands;
using RolloutDashboard.Components.Imports.Mapping;
using RolloutDashboard.Components.Shared;
using RolloutDashboard.Core.Import;
using RolloutDashboard.Core.Import.Mapping;
using RolloutDashboard.Imports;

namespace RolloutDashboard.Components.Imports;

public sealed partial class ImportPage
{
    private const string NoneWords =
        "No history was imported yet. An imported one gets all checks of evidence, and can be compared and replayed like your own.";

    // Progress of a file moves far more often than anybody can read.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private static readonly DialogOptions Options = new()
    {
        CloseOnEscapeKey = true,
        BackdropClick = false,
        MaxWidth = MaxWidth.Small,
        FullWidth = true,
    };

    private ElementReference _drop;
    private CommandResult? _result;
    private int _kept;
    private IReadOnlyList<HistoryMapping> _mappings = [];

    /// <summary>The data set whose findings are shown.</summary>
    [SupplyParameterFromQuery(Name = "set")]
    public string? SetText { get; set; }

    [Inject]
    public required IImportQueries Imports { get; set; }

    [Inject]
    public required IHistoryMappings Mappings { get; set; }

    [Inject]
    public required IImportQueue Desk { get; set; }

    [Inject]
    public required IImportCommands Commands { get; set; }

    [Inject]
    public required CommandRunner Runner { get; set; }

    [Inject]
    public required ImportSettings Settings { get; set; }

    [Inject]
    public required IDialogService Dialogs { get; set; }

    [Inject]
    public required IJSRuntime Browser { get; set; }

    [Inject]
    public required TimeProvider Clock { get; set; }

    protected override async Task<IReadOnlyList<ImportedSetView>> ReadAsync(CancellationToken cancellationToken)
    {
        _mappings = await Mappings.ListAsync(cancellationToken);
        return await Imports.ListAsync(cancellationToken);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
        {
            return;
        }

        try
        {
            await using var module = await Browser.InvokeAsync<IJSObjectReference>("import", Leaving, "./js/import.js");
            await module.InvokeVoidAsync("attach", Leaving, _drop);
            await FollowAsync();
        }
        catch (Exception exception) when (exception is OperationCanceledException or JSDisconnectedException)
        {
            // Left; the desk goes on by itself.
        }
    }

    private async Task FollowAsync()
    {
        using var timer = new PeriodicTimer(Pause, Clock);
        var seen = Desk.Version;
        _kept = Kept();
        while (await timer.WaitForNextTickAsync(Leaving))
        {
            if (seen == Desk.Version)
            {
                continue;
            }

            seen = Desk.Version;
            if (_kept != Kept())
            {
                _kept = Kept();

                // The card says what came of it.
                _result = null;
                await LoadAsync();
            }

            StateHasChanged();
        }
    }

    private bool ShowsOne => !string.IsNullOrEmpty(SetText);

    private int? Set => int.TryParse(SetText, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    private string Heading =>
        !ShowsOne ? "Import"
        : Value?.FirstOrDefault(one => one.Id == Set) is { } set ? $"Data set {set.Id}: {set.Name}"
        : $"Data set {MappingFormatter.Short(SetText!)}";

    private int Kept() => Desk.Items.Count(item => item.Phase == ImportPhase.Done);

    // The card itself shows that it is being read.
    private Task CheckAsync(ImportItem item, ImportOptions options) =>
        RunAsync("Read again", (user, token) => Commands.CheckAsync(item.Id, options, user, token), quiet: true);

    private async Task SaveMappingAsync(HistoryMapping mapping)
    {
        await RunAsync("Save mapping", (user, token) => Commands.SaveMappingAsync(mapping, user, token));
        _mappings = await Mappings.ListAsync(Leaving);
    }

    private async Task ForgetMappingAsync(string name)
    {
        await RunAsync("Delete mapping", (user, token) => Commands.ForgetMappingAsync(name, user, token));
        _mappings = await Mappings.ListAsync(Leaving);
    }

    private Task CommitAsync(ImportItem item) =>
        RunAsync("Import", (user, token) => Commands.CommitAsync(item.Id, user, token));

    private Task CancelAsync(ImportItem item) =>
        RunAsync("Cancel", (user, token) => Commands.CancelAsync(item.Id, user, token), quiet: item.IsOver);

    private async Task RunAsync(
        string name,
        Func<System.Security.Claims.ClaimsPrincipal, CancellationToken, Task<CommandResult>> command,
        bool quiet = false
    )
    {
        var result = await Runner.RunAsync(name, command, Leaving);
        _result = quiet && result.Succeeded ? null : result;
    }

    private async Task DeleteAsync(ImportedSetView set)
    {
        var dialog = await Dialogs.ShowAsync<DeleteImportDialog>(
            "Delete this data set?",
            new DialogParameters<DeleteImportDialog> { { shown => shown.Set, set } },
            Options
        );
        if (await dialog.Result is { Data: CommandResult { Succeeded: true } result })
        {
            _result = result;
            Navigation.NavigateTo("/import");
            await LoadAsync();
        }
    }
}
