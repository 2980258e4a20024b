using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace RolloutDashboard.Components.Charts;

/// <summary>A chart in the browser. The one place that knows that a browser may be gone.</summary>
public sealed class ChartHandle : IAsyncDisposable
{
    private readonly IJSObjectReference _module;
    private readonly IJSObjectReference _chart;

    private ChartHandle(IJSObjectReference module, IJSObjectReference chart) => (_module, _chart) = (module, chart);

    /// <exception cref="JSException">The script could not be loaded, or could not draw.</exception>
    public static async Task<ChartHandle> OpenAsync(
        IJSRuntime browser,
        ElementReference canvas,
        JsonElement description,
        CancellationToken cancellationToken
    )
    {
        var module = await browser.InvokeAsync<IJSObjectReference>("import", cancellationToken, "/js/charts.js");
        var chart = await module.InvokeAsync<IJSObjectReference>("open", cancellationToken, canvas, description);
        return new ChartHandle(module, chart);
    }

    /// <summary>Whether the exception only says that nobody looks any more.</summary>
    public static bool IsGone(Exception exception) =>
        exception is JSDisconnectedException or OperationCanceledException or ObjectDisposedException;

    public ValueTask UpdateAsync(JsonElement change, CancellationToken cancellationToken) =>
        _chart.InvokeVoidAsync("update", cancellationToken, change);

    public ValueTask AppendAsync(JsonElement points, CancellationToken cancellationToken) =>
        _chart.InvokeVoidAsync("append", cancellationToken, points);

    public ValueTask ZoomAsync(double from, double to, CancellationToken cancellationToken) =>
        _chart.InvokeVoidAsync("zoom", cancellationToken, from, to);

    public ValueTask AnnotateAsync(JsonElement mark, CancellationToken cancellationToken) =>
        _chart.InvokeVoidAsync("annotate", cancellationToken, mark);

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _chart.InvokeVoidAsync("close");
            await _chart.DisposeAsync();
            await _module.DisposeAsync();
        }
        catch (Exception exception) when (IsGone(exception))
        {
            // The circuit ended first, or its line was cut; the browser has thrown the chart away with the page.
        }
    }
}
