using Microsoft.AspNetCore.Components;
using RolloutDashboard.Commands;
using RolloutDashboard.Commands.Rollouts;
using RolloutDashboard.Components.Shared;
using RolloutDashboard.Core.Decisions;
using RolloutDashboard.Core.Evaluation.GateVersions;
using RolloutDashboard.Core.Gates.Fields;
using RolloutDashboard.Core.Vocabulary.Figures;
using RolloutDashboard.Feed;
using RolloutDashboard.Views;

namespace RolloutDashboard.Components.Gates;

public sealed partial class GatesPage : IDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);
    private IDisposable? _listening;
    private GatesView? _view;
    private string? _failure;
    private bool _editing;
    private bool _running;
    private long _editedVersion;
    private string _reason = "";
    private GateEditPreview? _preview;
    private CommandResult? _result;

    [Inject]
    public required LiveSession Session { get; set; }

    [Inject]
    public required IOperationsView Operations { get; set; }

    [Inject]
    public required CommandRunner Runner { get; set; }

    [Inject]
    public required IConfigurationCommands Commands { get; set; }

    private string? Missing =>
        _texts.Count == 0 ? "Change a number"
        : _preview is null or { Errors.Count: > 0 } ? "Check the edit first"
        : _preview.Changes.Count == 0 ? "Nothing differs"
        : _reason.Trim().Length < WrittenReason.Least
            ? $"Reason: {_reason.Trim().Length} of {WrittenReason.Least} characters"
        : null;

    private string ChangedWords =>
        _texts.Count == 0 ? "Nothing is changed yet" : $"{FigureFormatter.Count(_texts.Count, "number")} changed";

    public void Dispose()
    {
        _listening?.Dispose();
        _leaving.Cancel();
        _leaving.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        _listening = Session.Listen(() => InvokeAsync(LoadIfChangedAsync));
        Session.Start();
        await LoadAsync();
    }

    // While somebody edits, what they look at stays; saving finds out whether it is out of date.
    private Task LoadIfChangedAsync() =>
        _editing || Session.Snapshot?.Rollout.StateVersion == _view?.StateVersion ? Task.CompletedTask : LoadAsync();

    private async Task LoadAsync()
    {
        if (_leaving.IsCancellationRequested)
        {
            return;
        }

        try
        {
            _view = await Operations.ReadGatesAsync(_leaving.Token);
            _failure = null;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            _failure = exception.Message;
        }

        StateHasChanged();
    }

    private async Task BeginAsync()
    {
        await LoadAsync();
        _editedVersion = _view?.StateVersion ?? 0;
        _editing = true;
        _result = null;
    }

    private void Leave()
    {
        _texts.Clear();
        (_editing, _preview, _reason) = (false, null, "");
    }

    private void Write(GateField field, string? text)
    {
        if (text is null || text.Trim() == field.Text)
        {
            _texts.Remove(field.Path);
        }
        else
        {
            _texts[field.Path] = text;
        }

        _preview = null;
    }

    private async Task CheckAsync()
    {
        _running = true;
        try
        {
            _preview = await Operations.TryGatesAsync(
                new Dictionary<string, string>(_texts, StringComparer.Ordinal),
                _leaving.Token
            );
            _result = null;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            _result = new CommandResult(false, $"The edit could not be checked: {exception.Message}");
        }

        _running = false;
    }

    private async Task SaveAsync()
    {
        if (_running || Missing is not null)
        {
            return;
        }

        _running = true;
        var texts = new Dictionary<string, string>(_texts, StringComparer.Ordinal);
        _result = await Runner.RunAsync(
            "Edit the gates",
            (user, token) => Commands.EditGatesAsync(_editedVersion, texts, _reason, user, token),
            CancellationToken.None
        );
        _running = false;
        if (_result.Succeeded)
        {
            Leave();
            await LoadAsync();
        }
    }
}
