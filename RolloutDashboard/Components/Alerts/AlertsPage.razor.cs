using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using RolloutDashboard.Commands;
using RolloutDashboard.Components.Shared;
using RolloutDashboard.Core.Alerts;
using RolloutDashboard.Core.Notifications.AlertList;
using RolloutDashboard.Feed;

namespace RolloutDashboard.Components.Alerts;

public sealed partial class AlertsPage : IDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private AlertFilter _filter = AlertAddress.Parse(null, null, null, null);
    private IDisposable? _listening;
    private AlertSlice? _slice;
    private string? _failure;
    private string? _running;
    private CommandResult? _result;

    [Inject]
    public required IAlertQueries Alerts { get; set; }

    [Inject]
    public required IAlertCommands Commands { get; set; }

    [Inject]
    public required CommandRunner Runner { get; set; }

    [Inject]
    public required LiveSession Session { get; set; }

    [Inject]
    public required NavigationManager Navigation { get; set; }

    [SupplyParameterFromQuery(Name = "list")]
    public string? List { get; set; }

    [SupplyParameterFromQuery(Name = "severity")]
    public string? Severity { get; set; }

    [SupplyParameterFromQuery(Name = "rule")]
    public string? Rule { get; set; }

    [SupplyParameterFromQuery(Name = "page")]
    public string? PageNumber { get; set; }

    private bool Busy => _running is not null || Runner.IsBusy;

    private bool IsFiltered => _filter.Severity is not null || _filter.Rule is not null || _filter.Page > 1;

    private string? AnswerWords => _running is not null ? $"{_running}…" : _result?.Message;

    // A rule from an old link stays selectable, so that the filter shows what it does.
    private string? UnlistedRule =>
        _filter.Rule is { } rule && rule != AlertNames.RolledBack && AlertRuleList.All.All(known => known.Key != rule)
            ? rule
            : null;

    public void Dispose()
    {
        _listening?.Dispose();
        _leaving.Cancel();
        _leaving.Dispose();
    }

    protected override void OnInitialized() =>
        _listening = Session.Listen(() =>
            InvokeAsync(async () =>
            {
                await LoadAsync();
                StateHasChanged();
            })
        );

    protected override Task OnParametersSetAsync()
    {
        _filter = AlertAddress.Parse(List, Severity, Rule, PageNumber);
        return LoadAsync();
    }

    private static string Text(ChangeEventArgs change) => change.Value as string ?? "";

    private string TabWords(AlertListKind kind) =>
        AlertPresentation.Word(kind) + (_slice is null ? "" : $" {_slice.Counts[kind]}");

    private void ChangeSeverity(ChangeEventArgs change) =>
        Go(AlertAddress.Parse(_filter.Kind.ToString(), Text(change), _filter.Rule, null));

    private void ChangeRule(ChangeEventArgs change) =>
        Go(AlertAddress.Parse(_filter.Kind.ToString(), _filter.Severity?.ToString(), Text(change), null));

    private async Task LoadAsync()
    {
        if (_leaving.IsCancellationRequested)
        {
            return;
        }

        var filter = _filter;
        try
        {
            var slice = await Alerts.PageAsync(filter, _leaving.Token);
            if (filter == _filter)
            {
                (_slice, _failure) = (slice, null);
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            _failure = exception.Message;
        }
        catch (OperationCanceledException)
        {
            // The person left.
        }
    }

    private Task AcknowledgeAsync(long id) =>
        RunAsync("Acknowledge", (user, token) => Commands.AcknowledgeAsync(id, user, token));

    private Task SilenceAsync((long Id, DateTimeOffset? Until) wish) =>
        RunAsync("Silence", (user, token) => Commands.SilenceAsync(wish.Id, wish.Until, user, token));

    private Task SendTestAsync(string channel) =>
        RunAsync("Send test", (user, token) => Commands.SendTestAsync(channel, user, token));

    private async Task RunAsync(string name, Func<ClaimsPrincipal, CancellationToken, Task<CommandResult>> command)
    {
        _running = name;
        _result = await Runner.RunAsync(name, command, _leaving.Token);
        _running = null;
        await LoadAsync();
    }

    private string Address(AlertFilter filter) => Navigation.GetUriWithQueryParameters(AlertAddress.Query(filter));

    private void Go(AlertFilter filter) => Navigation.NavigateTo(Address(filter));
}
