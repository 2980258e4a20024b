using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Evidence.AaTest;

/// <summary>How an A/A check is run: both arms draw their outcomes from one distribution.</summary>
/// <param name="Runs">1 to 100,000.</param>
/// <param name="Iterations">Of both arms together in one run, 40 to 10,000.</param>
/// <param name="SuccessRate">True success of either arm, above 0 and below 1.</param>
/// <param name="Seed">The same seed gives the same report.</param>
public sealed record AaSettings(
    int Runs = 2000,
    int Iterations = 200,
    double SuccessRate = 0.5,
    string Seed = "a/a",
    AllocationKind Allocation = AllocationKind.Blocks
)
{
    /// <summary>What is wrong, a line each.</summary>
    public IEnumerable<string> Errors()
    {
        if (Runs is < 1 or > 100_000)
        {
            yield return "Give 1 to 100,000 runs.";
        }

        if (Iterations is < 40 or > 10_000)
        {
            yield return "Give 40 to 10,000 iterations a run.";
        }

        if (!(SuccessRate is > 0 and < 1))
        {
            yield return "Give a success rate above 0 and below 1.";
        }
    }
}
