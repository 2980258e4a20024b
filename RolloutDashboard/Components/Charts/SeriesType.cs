namespace RolloutDashboard.Components.Charts;

public enum SeriesType
{
    Line,
    Area,
    Bar,
}
