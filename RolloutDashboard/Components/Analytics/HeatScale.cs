using RolloutDashboard.Core.Monitoring.Analytics;
using RolloutDashboard.Core.Vocabulary.Figures;

namespace RolloutDashboard.Components.Analytics;

/// <summary>The five shades of the heat map; the number stands in every cell, so that the shade is never
/// needed.</summary>
public static class HeatScale
{
    /// <summary>Fewer iterations than this are drawn pale: their share says little.</summary>
    public const int Few = 5;

    public static IReadOnlyList<(string Step, string Words)> Key { get; } =
    [
        ("1", "under 20 %"),
        ("2", "20 %"),
        ("3", "40 %"),
        ("4", "60 %"),
        ("5", "80 % and more"),
        ("few", "fewer than 5"),
        ("none", "never tried"),
    ];

    public static string Step(HeatCell cell) =>
        cell switch
        {
            { N: 0 } => "none",
            { N: < Few } => "few",
            { Share: { } share } => (1 + Math.Clamp((int)(share * 5), 0, 4)).ToString(
                System.Globalization.CultureInfo.InvariantCulture
            ),
            _ => "none",
        };

    public static string Words(string parameter, HeatCell cell) =>
        cell.N == 0
            ? $"{parameter} = {cell.Value}: never tried"
            : $"{parameter} = {cell.Value}: {FigureFormatter.Count(cell.Successes)} of {FigureFormatter.Count(cell.N)} succeeded";
}
