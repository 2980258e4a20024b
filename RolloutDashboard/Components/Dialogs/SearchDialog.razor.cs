using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using MudBlazor;
using RolloutDashboard.Components.Controls;
using RolloutDashboard.Core.Monitoring.Analyst;

namespace RolloutDashboard.Components.Dialogs;

public sealed partial class SearchDialog : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly CancellationTokenSource _leaving = new();
    private CancellationTokenSource? _searching;
    private ElementReference _input;
    private string _words = "";
    private IReadOnlyList<SearchHit>? _hits;
    private string? _failure;

    [CascadingParameter]
    public required IMudDialogInstance Dialog { get; set; }

    [Inject]
    public required IAnalystQueries Analyst { get; set; }

    [Inject]
    public required TimeProvider Clock { get; set; }

    [Inject]
    public required NavigationManager Navigation { get; set; }

    public void Dispose()
    {
        _leaving.Cancel();
        _searching?.Dispose();
        _leaving.Dispose();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await _input.FocusAsync();
        }
    }

    private async Task TypedAsync(string? words)
    {
        _words = words ?? "";
        await SearchAsync(Pause);
    }

    private async Task KeyedAsync(KeyboardEventArgs key)
    {
        if (key.Key != "Enter")
        {
            return;
        }

        if (_hits is null)
        {
            await SearchAsync(TimeSpan.Zero);
        }

        if (_hits is [var first, ..])
        {
            Close();
            Navigation.NavigateTo(SearchTarget.Of(first));
        }
    }

    // Each letter starts anew; only the words that stand still for a moment are asked for.
    private async Task SearchAsync(TimeSpan pause)
    {
        if (_searching is not null)
        {
            await _searching.CancelAsync();
            _searching.Dispose();
        }

        var searching = _searching = CancellationTokenSource.CreateLinkedTokenSource(_leaving.Token);
        _hits = null;
        try
        {
            await Task.Delay(pause, Clock, searching.Token);
            var hits = await Analyst.SearchAsync(_words, searching.Token);
            if (ReferenceEquals(searching, _searching))
            {
                (_hits, _failure) = (hits, null);
            }
        }
        catch (OperationCanceledException)
        {
            // Typed on, or closed.
        }
        catch (Exception exception)
        {
            _failure = exception.Message;
        }
    }

    private void Close() => Dialog.Close();
}
