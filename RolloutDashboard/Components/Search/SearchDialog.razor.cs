using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using MudBlazor;
using RolloutDashboard.Components.Shared;
using RolloutDashboard.Core.Monitoring.Analytics;
using RolloutDashboard.Core.Monitoring.Search;

namespace RolloutDashboard.Components.Search;

public sealed partial class SearchDialog : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly LatestRequest _searching = new();
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

    public void Dispose() => _searching.Dispose();

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
        _hits = null;
        var latest = await _searching.BeginAsync();
        try
        {
            await Task.Delay(pause, Clock, latest);
            var hits = await Analyst.SearchAsync(_words, latest);
            if (!latest.IsCancellationRequested)
            {
                (_hits, _failure) = (hits, null);
            }
        }
        catch (OperationCanceledException) when (latest.IsCancellationRequested)
        {
            // Typed on, or closed.
        }
        catch (Exception exception)
        {
            if (!latest.IsCancellationRequested)
            {
                _failure = exception.Message;
            }
        }
    }

    private void Close() => Dialog.Close();
}
