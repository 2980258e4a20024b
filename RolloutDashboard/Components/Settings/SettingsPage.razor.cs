using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using RolloutDashboard.Commands;
using RolloutDashboard.Components.Shared;
using RolloutDashboard.Core.Vocabulary.Figures;
using RolloutDashboard.Feed;
using RolloutDashboard.Views;

namespace RolloutDashboard.Components.Settings;

public sealed partial class SettingsPage : IDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private IDisposable? _listening;
    private SettingsView? _view;
    private string? _failed;
    private string? _running;
    private CommandResult? _result;

    [Inject]
    public required ISettingsView Settings { get; set; }

    [Inject]
    public required IDutiesView Duties { get; set; }

    [Inject]
    public required IAlertCommands Alerts { get; set; }

    [Inject]
    public required CommandRunner Runner { get; set; }

    [Inject]
    public required LiveSession Session { get; set; }

    [Inject]
    public required AuthenticationStateProvider Authentication { get; set; }

    private bool Busy => _running is not null || Runner.IsBusy;

    private string? AnswerWords => _running is not null ? $"{_running}…" : _result?.Message;

    private string? FirstFailure => _view is null ? _failed : null;

    private string? LaterFailure => _view is null ? null : _failed;

    private static string MemoryWords(int lineageLength) =>
        lineageLength == 0
            ? "Each arm is one endless chain that remembers all of itself, so nothing is ever proven for the mode."
            : $"Lineages of {FigureFormatter.Count(lineageLength, "iteration")}: an iteration is shown what came before it in its own lineage, and nothing else.";

    public void Dispose()
    {
        _listening?.Dispose();
        _leaving.Cancel();
        _leaving.Dispose();
    }

    protected override Task OnInitializedAsync()
    {
        _listening = Session.Listen(() =>
            InvokeAsync(async () =>
            {
                await LoadAsync();
                StateHasChanged();
            })
        );
        return LoadAsync();
    }

    private async Task LoadAsync()
    {
        if (_leaving.IsCancellationRequested)
        {
            return;
        }

        try
        {
            var state = await Authentication.GetAuthenticationStateAsync();
            _view = await Settings.ReadAsync(state.User, _leaving.Token);
            _failed = null;
        }
        catch (OperationCanceledException)
        {
            // The person left.
        }
        catch (Exception exception)
        {
            _failed = exception.Message;
        }
    }

    private async Task SendTestAsync(string channel)
    {
        _running = "Send test";
        _result = await Runner.RunAsync(
            "Send test",
            (user, token) => Alerts.SendTestAsync(channel, user, token),
            _leaving.Token
        );
        _running = null;
        await LoadAsync();
    }
}
