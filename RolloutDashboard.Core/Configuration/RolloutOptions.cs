using RolloutDashboard.Core.Statistics.Lineages;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Configuration;

/// <summary>Section "Rollout" of the configuration.</summary>
public sealed class RolloutOptions
{
    /// <summary>Name of the rollout that a first start opens. Default "Demo".</summary>
    public string Name { get; set; } = "Demo";

    /// <summary>Whether that rollout is a demo: labelled on every page, minimum times 0. Default true.</summary>
    public bool Demo { get; set; } = true;

    /// <summary>Seeds allocation and request stream of a new rollout; made at random when empty.</summary>
    public string? Salt { get; set; }

    /// <summary>Blocks or Hash. Default Blocks.</summary>
    public string Allocation { get; set; } = nameof(AllocationKind.Blocks);

    /// <summary>Share of template-library requests in the request stream, 0 to 1. Default 0.7.</summary>
    public double TemplateLibraryShare { get; set; } = 0.7;

    /// <summary>Whether a promotion needs a passed staging validation. Default true.</summary>
    public bool RequireStaging { get; set; } = true;

    /// <summary>Exploration every so many iterations, at temperature 1.0 instead of 0.7. Default 5.</summary>
    public int ExploreEvery { get; set; } = 5;

    /// <summary>Iterations of a lineage, 0 to 1000; 0 makes each arm one endless chain. Default 5.</summary>
    public int LineageLength { get; set; } = ModeProof.DefaultLength;

    /// <summary>The largest <see cref="LineageLength"/>.</summary>
    public const int LongestLineage = 1000;

    /// <summary>What is wrong, a line each, naming key and remedy.</summary>
    public IEnumerable<string> Errors()
    {
        if (string.IsNullOrWhiteSpace(Name))
        {
            yield return "Rollout:Name is empty; give the rollout a name.";
        }

        if (!Enum.TryParse<AllocationKind>(Allocation, ignoreCase: true, out _) || int.TryParse(Allocation, out _))
        {
            yield return $"Rollout:Allocation is '{Allocation}'; give Blocks or Hash.";
        }

        if (!(TemplateLibraryShare >= 0 && TemplateLibraryShare <= 1))
        {
            yield return $"Rollout:TemplateLibraryShare is {TemplateLibraryShare}; give a share from 0 to 1.";
        }

        if (ExploreEvery < 1)
        {
            yield return $"Rollout:ExploreEvery is {ExploreEvery}; give a whole number of at least 1.";
        }

        if (LineageLength is < 0 or > LongestLineage)
        {
            yield return $"Rollout:LineageLength is {LineageLength}; give a whole number from 1 to {LongestLineage}, or 0 for one endless chain in each arm.";
        }
    }
}
