using RolloutDashboard.Core.Monitoring.IterationHistory;
using RolloutDashboard.Core.Vocabulary.Figures;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Components.Iterations;

/// <summary>What is said of an iteration's lineage.</summary>
public static class LineageFormatter
{
    /// <summary>Lineage and place for a cell of a list: "3 · 4 of 10".</summary>
    public static string Short(LineagePlace? place) =>
        place is null ? FigureFormatter.None : $"{FigureFormatter.Count(place.Ordinal)} · {Position(place)}";

    /// <summary>"JSON lineage 3".</summary>
    public static string Name(LineagePlace place) =>
        $"{IterationPresentation.Word(place.Mode)} lineage {FigureFormatter.Count(place.Ordinal)}";

    /// <summary>The place alone: "4 of 10"; "57" in an endless lineage.</summary>
    public static string Position(LineagePlace place) =>
        place.PlannedLength == 0
            ? FigureFormatter.Count(place.Position)
            : $"{FigureFormatter.Count(place.Position)} of {FigureFormatter.Count(place.PlannedLength)}";

    /// <summary>How the lineage stands, with its length and why it was closed.</summary>
    public static string State(LineagePlace place)
    {
        var so = FigureFormatter.Count(place.Count, "iteration");
        return place switch
        {
            { End: null, PlannedLength: 0 } => $"endless, {so} so far; it remembers the whole arm",
            { End: null } => $"open, {so} so far",
            { End: LineageEnd.Complete } => $"complete with {so}",
            { PlannedLength: 0, End: { } end } => $"closed after {so}: {end.Words()}",
            { End: { } end } =>
                $"closed after {so} of {FigureFormatter.Count(place.PlannedLength)}: {end.Words()}; it is no unit of evidence about the mode",
        };
    }
}
