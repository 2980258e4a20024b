using Microsoft.AspNetCore.Components;

namespace RolloutDashboard.Components.Charts;

/// <summary>One series of the chart around it.</summary>
public sealed class ApexPointSeries<TItem> : ComponentBase, IDisposable
{
    [CascadingParameter]
    public required ApexChart<TItem> Chart { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<TItem> Items { get; set; }

    [Parameter, EditorRequired]
    public required string Name { get; set; }

    /// <summary>Unix milliseconds on a time axis.</summary>
    [Parameter, EditorRequired]
    public required Func<TItem, double> XValue { get; set; }

    [Parameter, EditorRequired]
    public required Func<TItem, double?> YValue { get; set; }

    [Parameter]
    public SeriesType SeriesType { get; set; } = SeriesType.Line;

    [Parameter]
    public string Color { get; set; } = "primary";

    [Parameter]
    public int Dash { get; set; }

    /// <summary>Shape of the points: "circle", "square", "diamond".</summary>
    [Parameter]
    public string Marker { get; set; } = "circle";

    public ChartSeries ToSeries()
    {
        var points = Items.Select(item => new ChartPoint(XValue(item), ChartData.Finite(YValue(item)))).ToArray();
        var type = SeriesType switch
        {
            SeriesType.Area => "area",
            SeriesType.Bar => "bar",
            _ => "line",
        };
        return new ChartSeries(Name, type, Color, Dash, Marker, points);
    }

    public void Dispose() => Chart.Remove(this);

    protected override void OnInitialized() => Chart.Add(this);
}
