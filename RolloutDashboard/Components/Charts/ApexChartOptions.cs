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
