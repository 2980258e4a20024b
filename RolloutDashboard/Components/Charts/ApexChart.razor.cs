using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace RolloutDashboard.Components.Charts;

/// <summary>A chart with a sentence and a table for those who can't see it. Draws at most once a second.</summary>
public sealed partial class ApexChart<TItem> : IAsyncDisposable
{
    private const int TableLimit = 60;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly List<ApexPointSeries<TItem>> _series = [];
    private readonly CancellationTokenSource _leaving = new();
    private ElementReference _canvas;
    private IReadOnlyList<ChartSeries> _drawn = [];
    private IReadOnlyList<XAxisMark> _drawnMarks = [];
    private ChartHandle? _handle;
    private string? _failure;
    private bool _drawing;
    private bool _tableOpen;
    private bool _wanted;

    [Inject]
    public required IJSRuntime Browser { get; set; }

    [Inject]
    public required TimeProvider Clock { get; set; }

    [Parameter, EditorRequired]
    public required string Title { get; set; }

    [Parameter]
    public ApexChartOptions<TItem> Options { get; set; } = new();

    [Parameter]
    public IReadOnlyList<XAxisMark> Marks { get; set; } = [];

    /// <summary>Words for a value, in the summary and the table.</summary>
    [Parameter]
    public Func<double, string> Words { get; set; } =
        value => value.ToString("0.##", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Words for an x value in the table.</summary>
    [Parameter, EditorRequired]
    public required Func<double, string> XWords { get; set; }

    [Parameter]
    public string XHeader { get; set; } = "Time";

    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    private string Summary =>
        string.Join(
            " ",
            _series
                .Select(series => series.ToSeries())
                .Select(series => ChartData.Describe(series.Name, series.Data, Words))
        );

    /// <summary>Draws series and marks as they are now; the person's zoom stays.</summary>
    public async Task UpdateSeriesAsync()
    {
        Take();
        if (_handle is not null)
        {
            await _handle.UpdateAsync(ToElement(new { Series = _drawn, Marks }), _leaving.Token);
        }

        // Only the open table shows what was drawn; the sentence went out with the parameters.
        if (_tableOpen)
        {
            StateHasChanged();
        }
    }

    /// <param name="points">New points by series, in the order of the series.</param>
    public async Task AppendDataAsync(IReadOnlyList<IReadOnlyList<ChartPoint>> points)
    {
        if (_handle is not null)
        {
            await _handle.AppendAsync(ToElement(points), _leaving.Token);
        }
    }

    /// <param name="from">In units of the x axis.</param>
    public async Task ZoomXAsync(double from, double to)
    {
        if (_handle is not null)
        {
            await _handle.ZoomAsync(from, to, _leaving.Token);
        }
    }

    public async Task AddXAxisAnnotationAsync(XAxisMark mark)
    {
        if (_handle is not null)
        {
            await _handle.AnnotateAsync(ToElement(mark), _leaving.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _leaving.CancelAsync();
        if (_handle is not null)
        {
            await _handle.DisposeAsync();
        }

        _leaving.Dispose();
    }

    internal void Add(ApexPointSeries<TItem> series) => _series.Add(series);

    internal void Remove(ApexPointSeries<TItem> series) => _series.Remove(series);

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await OpenAsync();
            return;
        }

        await DrawSoonAsync();
    }

    private async Task OpenAsync()
    {
        _drawing = true;
        try
        {
            Take();
            _handle = await ChartHandle.OpenAsync(
                Browser,
                _canvas,
                ToElement(
                    new
                    {
                        Title,
                        Options,
                        Series = _drawn,
                        Marks,
                    }
                ),
                _leaving.Token
            );
        }
        catch (Exception exception) when (exception is JSException or InvalidOperationException)
        {
            _failure = exception.Message.Split('\n')[0];
        }
        catch (Exception exception) when (ChartHandle.IsGone(exception))
        {
            return;
        }

        _drawing = false;
        StateHasChanged();
    }

    private async Task DrawSoonAsync()
    {
        if (_drawing)
        {
            _wanted = true;
            return;
        }

        _drawing = true;
        try
        {
            do
            {
                _wanted = false;
                if (!IsDrawn())
                {
                    await UpdateSeriesAsync();
                    await Task.Delay(Pause, Clock, _leaving.Token);
                }
            } while (_wanted);
        }
        catch (JSException exception)
        {
            _failure = exception.Message.Split('\n')[0];
        }
        catch (Exception exception) when (ChartHandle.IsGone(exception))
        {
            return;
        }
        finally
        {
            _drawing = false;
        }
    }

    private void Take()
    {
        _drawn = Thinned();
        _drawnMarks = Marks;
    }

    private IReadOnlyList<ChartSeries> Thinned()
    {
        var whole = _series.Select(series => series.ToSeries()).ToArray();
        return
        [
            .. whole.Zip(ChartData.Thin([.. whole.Select(series => series.Data)]), (series, data) =>
                series with
                {
                    Data = data,
                }
            ),
        ];
    }

    private bool IsDrawn()
    {
        var now = Thinned();
        return Marks.SequenceEqual(_drawnMarks)
            && now.Count == _drawn.Count
            && now.Zip(_drawn)
                .All(pair => pair.First.Name == pair.Second.Name && pair.First.Data.SequenceEqual(pair.Second.Data));
    }

    private IEnumerable<(string X, IReadOnlyList<string> Cells)> TableRows()
    {
        var byX = _drawn
            .Select(series =>
                series.Data.GroupBy(point => point.X).ToDictionary(group => group.Key, group => group.Last().Y)
            )
            .ToArray();
        return byX.SelectMany(points => points.Keys)
            .Distinct()
            .OrderDescending()
            .Take(TableLimit)
            .Select(x =>
                (
                    XWords(x),
                    (IReadOnlyList<string>)
                        [.. byX.Select(points => points.GetValueOrDefault(x) is { } y ? Words(y) : "–")]
                )
            );
    }

    private static JsonElement ToElement<T>(T value) => JsonSerializer.SerializeToElement(value, Json);
}
