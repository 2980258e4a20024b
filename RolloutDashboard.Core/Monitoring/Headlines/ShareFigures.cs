using RolloutDashboard.Core.Vocabulary.Figures;

namespace RolloutDashboard.Core.Monitoring.Headlines;

/// <summary>The JSON share of now and what came of it: both are of the configuration in force.</summary>
/// <param name="Configured">0 to 1; null where the source of a request decides.</param>
/// <param name="Json">Iterations assigned to JSON under that configuration.</param>
/// <param name="All">All iterations assigned under it.</param>
public sealed record ShareFigures(double? Configured, int Json, int All)
{
    /// <summary>Null before the first iteration of the configuration.</summary>
    public double? Observed => All == 0 ? null : (double)Json / All;

    /// <summary>"50 % configured, 48.9 % observed of 231".</summary>
    public string Words
    {
        get
        {
            var configured = Configured is { } share
                ? $"{FigureFormatter.ShortPercent(share)} configured"
                : "configured by source";
            return Observed is { } observed
                ? $"{configured}, {FigureFormatter.Rate(observed)} observed of {FigureFormatter.Count(All)}"
                : $"{configured}, no iteration under it yet";
        }
    }
}
