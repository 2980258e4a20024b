using Microsoft.AspNetCore.Components;
using RolloutDashboard.Components.Formatting;
using RolloutDashboard.Core.Monitoring.Series;
using RolloutDashboard.Core.Vocabulary.Figures;
using RolloutDashboard.Feed;

namespace RolloutDashboard.Components.Charts;

public sealed partial class TrendCharts
{
    private static readonly ApexChartOptions<SeriesPoint> Rates = new()
    {
        ValueFormatter = "percent",
        YMin = 0,
        YMax = 1,
        Lines = [new YAxisLine(0.8, "target 80 %", "line-strong")],
    };

    private static readonly ApexChartOptions<SeriesPoint> Shares = new()
    {
        ValueFormatter = "percent",
        YMin = 0,
        YMax = 1,
        Stacked = true,
    };

    private static readonly ApexChartOptions<SeriesPoint> Sharpes = new()
    {
        Lines = [new YAxisLine(0.15, "target 0.15", "line-strong")],
    };

    private IReadOnlyList<XAxisMark> _marks = [];

    [Parameter, EditorRequired]
    public required IReadOnlyList<SeriesPoint> Points { get; set; }

    [Parameter]
    public IReadOnlyList<ChartMark> Marks { get; set; } = [];

    [Parameter]
    public TimeRange Range { get; set; } = TimeRange.Day;

    [Inject]
    public required ViewerTimeProvider Clock { get; set; }

    protected override void OnParametersSet() => _marks = TrendData.Marks(Marks, Points ?? []);

    private static string PercentWords(double value) => FigureFormatter.Percent(value);

    private string TimeWords(double milliseconds) =>
        Clock.Show(DateTimeOffset.FromUnixTimeMilliseconds((long)milliseconds));
}
