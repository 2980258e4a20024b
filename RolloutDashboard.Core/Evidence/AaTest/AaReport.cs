using System.Globalization;

namespace RolloutDashboard.Core.Evidence.AaTest;

/// <summary>How often a difference was found where there is none.</summary>
public sealed record AaReport(AaSettings Settings, IReadOnlyList<AaClaim> Claims, IReadOnlyList<AaFinding> Findings)
{
    public bool Keeps => Claims.All(claim => claim.Keeps);

    /// <summary>By what a statement is judged, in a sentence.</summary>
    public string Rule =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"A statement is at fault if it was made in more runs than one that keeps its promise reaches with a chance of {100 * AaClaim.ErrorOfReport:0.##} % / {Claims.Count} statements (exact binomial limit); so a sound judgement is called at fault in at most {100 * AaClaim.ErrorOfReport:0.##} % of reports."
        );
}
