namespace RolloutDashboard.Components.Charts;

/// <param name="Color">A token of css/app.css without its dashes: "json", "code", "primary"; follows the theme.</param>
/// <param name="Dash">0 for a solid line; series differ by dash, not by colour alone.</param>
public sealed record ChartSeries(
    string Name,
    string Type,
    string Color,
    int Dash,
    string Marker,
    IReadOnlyList<ChartPoint> Data
);
