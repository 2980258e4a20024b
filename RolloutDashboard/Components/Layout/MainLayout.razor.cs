using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;
using MudBlazor;
using RolloutDashboard.Components.Dialogs;
using RolloutDashboard.Live;

namespace RolloutDashboard.Components.Layout;

public sealed partial class MainLayout : IAsyncDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private DotNetObjectReference<MainLayout>? _self;
    private IDisposable? _listening;
    private ITimer? _ticks;
    private ErrorBoundary? _boundary;
    private bool _ready;
    private bool _dark;
    private string _themeChoice = "system";
    private string _announced = "";
    private string _announcement = "";

    [Inject]
    public required IJSRuntime Browser { get; set; }

    [Inject]
    public required LiveSession Session { get; set; }

    [Inject]
    public required ViewerTimeProvider Clock { get; set; }

    [Inject]
    public required IDialogService Dialogs { get; set; }

    [Inject]
    public required NavigationManager Navigation { get; set; }

    private string SkipTarget => new Uri(Navigation.Uri).PathAndQuery + "#content";

    /// <summary>The browser's theme changed, by the person or by the system.</summary>
    [JSInvokable]
    public Task ThemeChangedAsync(bool dark)
    {
        _dark = dark;
        return InvokeAsync(StateHasChanged);
    }

    public async ValueTask DisposeAsync()
    {
        _listening?.Dispose();
        if (_ticks is not null)
        {
            await _ticks.DisposeAsync();
        }

        await _leaving.CancelAsync();
        _self?.Dispose();
        _leaving.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        _self = DotNetObjectReference.Create(this);
        var leaving = _leaving.Token;
        await Clock.LearnAsync(Browser, leaving);
        var theme = await Browser.InvokeAsync<BrowserTheme>("rolloutPage.watchTheme", leaving, _self);
        (_dark, _themeChoice) = (theme.Dark, theme.Choice);
        _listening = Session.Listen(() => InvokeAsync(OnSnapshot));
        _ticks = Clock.CreateTimer(_ => _ = InvokeAsync(StateHasChanged), null, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5));
        Session.Start();
        _ready = true;
    }

    protected override void OnParametersSet() => _boundary?.Recover();

    private void OnSnapshot()
    {
        Announce();
        StateHasChanged();
    }

    // Changes of state are spoken, ticks of figures are not.
    private void Announce()
    {
        if (Session.Snapshot?.Rollout is not { } rollout)
        {
            return;
        }

        var now = $"Stage {Core.Vocabulary.StageNames.Number(rollout.Stage)}: {rollout.Headline.Word}. {(rollout.JsonEnabled ? "JSON mode on" : "JSON mode off")}.";
        if (now != _announced)
        {
            _announcement = _announced.Length == 0 ? "" : now;
            _announced = now;
        }
    }

    private async Task ChangeThemeAsync(string choice)
    {
        _themeChoice = choice;
        _dark = await Browser.InvokeAsync<bool>("rolloutPage.chooseTheme", _leaving.Token, choice);
    }

    private Task ShowHelpAsync() => Dialogs.ShowAsync<HelpDialog>("Help and keys", new DialogOptions { CloseButton = true, CloseOnEscapeKey = true, MaxWidth = MaxWidth.Small, FullWidth = true });

    private void Recover() => _boundary?.Recover();

    private sealed record BrowserTheme(bool Dark, string Choice);
}
