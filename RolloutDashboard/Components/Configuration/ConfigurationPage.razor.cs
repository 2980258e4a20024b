using Microsoft.AspNetCore.Components;
using RolloutDashboard.Commands;
using RolloutDashboard.Commands.Rollouts;
using RolloutDashboard.Components.Shared;
using RolloutDashboard.Core.Configuration;
using RolloutDashboard.Core.Decisions;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Feed;
using RolloutDashboard.Views;

namespace RolloutDashboard.Components.Configuration;

public sealed partial class ConfigurationPage : IDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private IDisposable? _listening;
    private ConfigurationsView? _view;
    private string? _failure;
    private string _flag = "";
    private string _value = "";
    private string _reason = "";
    private bool _running;
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
        _flag.Length == 0 ? "Choose a flag"
        : _reason.Trim().Length < WrittenReason.Least
            ? $"Reason: {_reason.Trim().Length} of {WrittenReason.Least} characters"
        : null;

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

    // Iterations tell the session many times a minute; versions are read again only when the state is another one.
    private Task LoadIfChangedAsync() =>
        Session.Snapshot?.Rollout.StateVersion == _view?.StateVersion ? Task.CompletedTask : LoadAsync();

    private async Task LoadAsync()
    {
        if (_leaving.IsCancellationRequested)
        {
            return;
        }

        try
        {
            _view = await Operations.ReadConfigurationsAsync(_leaving.Token);
            _failure = null;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            _failure = exception.Message;
        }

        StateHasChanged();
    }

    private static IEnumerable<string> ChangeableFlags(ConfigurationsView view) =>
        ConfigurationDiff
            .Values(view.InForce.Configuration)
            .Select(flag => flag.Name)
            .Where(name => name != ChangeConfiguration.Switch);

    private static bool IsStaging(ConfigurationView version) => version.Environment == RolloutEnvironment.Staging;

    private void Choose(string? flag)
    {
        _flag = flag ?? "";
        _result = null;
        var current = ConfigurationDiff
            .Values(_view!.InForce.Configuration)
            .FirstOrDefault(one => one.Name == _flag)
            .Value;
        _value = FlagFormatter
            .Choices(_flag)
            ?.FirstOrDefault(choice => !choice.Equals(current, StringComparison.OrdinalIgnoreCase))
            ?? (current == ConfigurationDiff.NoValue ? "" : current ?? "");
    }

    private async Task ChangeAsync()
    {
        if (_running || Missing is not null)
        {
            return;
        }

        _running = true;
        var seen = _view!.StateVersion;
        _result = await Runner.RunAsync(
            "Change",
            (user, token) => Commands.ChangeConfigurationAsync(seen, _flag, _value, _reason, user, token),
            CancellationToken.None
        );
        _running = false;
        if (_result.Succeeded)
        {
            (_flag, _value, _reason) = ("", "", "");
        }

        await LoadAsync();
    }
}
