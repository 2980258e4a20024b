using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;
using MudBlazor;
using RolloutDashboard.Components.Formatting;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Feed;

namespace RolloutDashboard.Components.Layout;

public sealed partial class MainLayout : IAsyncDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(5);

    // What is printed carries the time of the latest drawing.
    private static readonly TimeSpan LongestUndrawn = TimeSpan.FromSeconds(30);
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
    private (RolloutEnvironment?, bool?, int, LiveState, string) _drawn;
    private long _drawnAt;

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
        _ticks = Clock.CreateTimer(_ => _ = InvokeAsync(DrawIfChanged), null, Tick, Tick);
        Session.Start();
        _ready = true;
    }

    protected override void OnParametersSet() => _boundary?.Recover();

    private static string KindOf(RolloutEnvironment environment) =>
        environment == RolloutEnvironment.Production ? "production" : "staging";

    private void OnSnapshot()
    {
        Announce();
        DrawIfChanged();
    }

    // Most news is of the page alone; a frame that stays the same is not drawn for each of a hundred pages.
    private void DrawIfChanged()
    {
        if (Frame() != _drawn || Clock.GetElapsedTime(_drawnAt) >= LongestUndrawn)
        {
            StateHasChanged();
        }
    }

    // Before anything is drawn: what changes meanwhile, on another thread, must count as not drawn.
    private void BeginDrawing() => (_drawn, _drawnAt) = (Frame(), Clock.GetTimestamp());

    private (RolloutEnvironment?, bool?, int, LiveState, string) Frame() =>
        (
            Session.Snapshot?.Rollout.Environment,
            Session.Snapshot?.Rollout.IsDemo,
            Session.Snapshot?.Rollout.Headline.OpenAlerts ?? 0,
            Session.State,
            _announcement
        );

    // Changes of state are spoken, ticks of figures are not.
    private void Announce()
    {
        if (Session.Snapshot?.Rollout is not { } rollout)
        {
            return;
        }

        var now =
            $"Stage {Core.Vocabulary.StageNames.Number(rollout.Stage)}: {rollout.Headline.Word}. {(rollout.JsonEnabled ? "JSON mode on" : "JSON mode off")}.";
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

    private Task ShowHelpAsync() =>
        Dialogs.ShowAsync<HelpDialog>(
            "Help and keys",
            new DialogOptions
            {
                CloseButton = true,
                CloseOnEscapeKey = true,
                MaxWidth = MaxWidth.Small,
                FullWidth = true,
            }
        );

    private void Recover() => _boundary?.Recover();

    internal sealed record BrowserTheme(bool Dark, string Choice);
}
