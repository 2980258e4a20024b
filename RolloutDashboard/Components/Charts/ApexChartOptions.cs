namespace RolloutDashboard.Components.Charts;

/// <summary>How a chart looks; what is null is left to the defaults of the script module.</summary>
/// <typeparam name="TItem">The chart's data points.</typeparam>
public sealed record ApexChartOptions<TItem>
{
    /// <summary>Height in pixels.</summary>
    public int Height { get; init; } = 240;

    public bool Stacked { get; init; }

    /// <summary>Charts of one group show the same moment under the pointer.</summary>
    public string? Group { get; init; }

    /// <summary>A formatter of js/charts.js for values: "percent", "number", "integer", "ratio".</summary>
    public string ValueFormatter { get; init; } = "number";

    public double? YMin { get; init; }

    public double? YMax { get; init; }

    /// <summary>Horizontal lines, such as a gate's target.</summary>
    public IReadOnlyList<YAxisLine> Lines { get; init; } = [];

    /// <summary>Whether the x axis is time; else it is a plain number.</summary>
    public bool IsTime { get; init; } = true;
}

public sealed record YAxisLine(double Y, string Text, string Color = "muted");

/// <summary>A vertical mark.</summary>
/// <param name="X">Unix milliseconds on a time axis.</param>
public sealed record XAxisMark(double X, string Text, string Color = "muted");

public enum SeriesType
{
    Line,
    Area,
    Bar,
}

/// <summary>One point as the browser gets it; null draws a gap.</summary>
public readonly record struct ChartPoint(double X, double? Y);

/// <param name="Color">A token of css/app.css without its dashes: "json", "code", "primary"; follows the theme.</param>
/// <param name="Dash">0 for a solid line; series differ by dash, not by colour alone.</param>
public sealed record ChartSeries(string Name, string Type, string Color, int Dash, string Marker, IReadOnlyList<ChartPoint> Data);
