using RolloutDashboard.Core.Rollouts;
using RolloutDashboard.Core.Statistics;

namespace RolloutDashboard.Core.Evidence.SameMode;

/// <summary>How an A/A check is run: both arms draw their outcomes from one distribution.</summary>
/// <param name="Runs">1 to 100,000.</param>
/// <param name="Iterations">Of both arms together in one run, 40 to 10,000.</param>
/// <param name="SuccessRate">True success of either arm, above 0 and below 1.</param>
/// <param name="Seed">The same seed gives the same report.</param>
public sealed record AaSettings(int Runs = 2000, int Iterations = 200, double SuccessRate = 0.5, string Seed = "a/a", AllocationKind Allocation = AllocationKind.Blocks)
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

/// <summary>One statement that the judgement may make, and how often it made it although there is no difference.</summary>
/// <param name="Promised">Largest share of runs in which it may be made by mistake.</param>
public sealed record AaClaim(string Name, double Promised, int Found, int Runs)
{
    public double Share => Runs == 0 ? 0 : (double)Found / Runs;

    /// <summary>95 % interval of the true share.</summary>
    public Interval Interval => Runs == 0 ? new Interval(0, 1) : ProportionIntervals.Wilson(Found, Runs) is var bounds ? new Interval(bounds.Lower, bounds.Upper) : default;

    /// <summary>Whether the runs are in keeping with the promise.</summary>
    public bool Keeps => Interval.Lower <= Promised;
}

/// <summary>How many runs a check of evidence integrity objected to.</summary>
/// <param name="IsExpected">Both arms are of one kind, and a check that says so is right.</param>
public sealed record AaFinding(string Code, string Severity, int Runs, bool IsExpected);

public sealed record AaReport(AaSettings Settings, IReadOnlyList<AaClaim> Claims, IReadOnlyList<AaFinding> Findings)
{
    public bool Keeps => Claims.All(claim => claim.Keeps);
}
