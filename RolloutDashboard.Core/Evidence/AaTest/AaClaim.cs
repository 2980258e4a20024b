using RolloutDashboard.Core.Statistics;
using RolloutDashboard.Core.Statistics.Numerics;
using RolloutDashboard.Core.Vocabulary.Figures;

namespace RolloutDashboard.Core.Evidence.AaTest;

/// <summary>One statement that the judgement may make, and how often it made it although there is no
/// difference.</summary>
/// <param name="Promised">Largest share of runs in which it may be made by mistake.</param>
public sealed record AaClaim(string Name, double Promised, int Found, int Runs)
{
    /// <summary>Chance that a report of sound statements, however many, calls any of them a fault.</summary>
    public const double ErrorOfReport = 0.05;

    /// <summary>How many statements the report judges; each gets an equal part of <see cref="ErrorOfReport"/>
    /// (Bonferroni).</summary>
    public int Together { get; init; } = 1;

    public double Share => Runs == 0 ? 0 : (double)Found / Runs;

    /// <summary>95 % interval of the true share.</summary>
    public Interval Interval =>
        Runs == 0 ? new Interval(0, 1)
        : ProportionIntervals.Wilson(Found, Runs) is var bounds ? new Interval(bounds.Lower, bounds.Upper)
        : default;

    /// <summary>The smallest number of runs that is too many: one that a statement which keeps its promise reaches with
    /// a chance of at most its part of the error.</summary>
    public int TooMany
    {
        get
        {
            var (low, high) = (0, Runs + 1);
            while (low < high)
            {
                var middle = low + ((high - low) / 2);
                (low, high) =
                    Distributions.BinomialTail(Runs, middle, Promised) <= ErrorOfReport / Together
                        ? (low, middle)
                        : (middle + 1, high);
            }

            return low;
        }
    }

    /// <summary>Whether the runs are in keeping with the promise.</summary>
    public bool Keeps => Found < TooMany;
}
