using RolloutDashboard.Core.Vocabulary.Figures;

namespace RolloutDashboard.Core.Gates.Criteria.Rates;

/// <summary>The sentence about proof for a mode.</summary>
internal static class ProofWords
{
    /// <summary>Begins with a space; empty where nothing can be said.</summary>
    public static string ForMode(ModeStanding? standing) =>
        standing switch
        {
            null => "",
            { Lineages: 0 } => " Nothing is proven for the mode before a lineage is complete.",
            { Proven: true, Lineages: var n } => $" Proven for the mode, by {FigureFormatter.Count(n, "lineage")}.",
            { FurtherIterations: { } more, Lineages: var n } =>
                $" Not yet proven for the mode by {FigureFormatter.Count(n, "lineage")}: about {FigureFormatter.Count(more)} more iterations.",
            { Lineages: var n } => $" Not proven for the mode by {FigureFormatter.Count(n, "lineage")}.",
        };
}
