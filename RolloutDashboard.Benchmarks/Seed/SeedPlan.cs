using RolloutDashboard.Core.Configuration;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Benchmarks.Seed;

/// <summary>What the seeded rollout has gone through: four months, one rollback, now long in stage 3.4.</summary>
/// <param name="jsonOnly">The configuration in force gives every request to JSON.</param>
internal sealed class SeedPlan(int rows, DateTimeOffset end, bool jsonOnly)
{
    private static readonly TimeSpan Length = TimeSpan.FromDays(120);

    public int Rows => rows;

    public DateTimeOffset Start { get; } = end - Length;

    public DateTimeOffset End => end;

    /// <summary>Full code goes on between a rollback and the resume: configuration 3.</summary>
    public IReadOnlyList<SeedVisit> Visits { get; } =
    [
        new(Stage.TemplateLibraryOnly, 1, 1, 0.08, "promoted", StageConfiguration.For(Stage.TemplateLibraryOnly)),
        new(Stage.Hybrid, 1, 2, 0.05, "rolled back", StageConfiguration.For(Stage.Hybrid)),
        new(
            Stage.Hybrid,
            1,
            3,
            0.01,
            "rolled back",
            StageConfiguration.For(Stage.Hybrid) with
            {
                JsonModeEnabled = false,
            }
        ),
        new(Stage.Hybrid, 2, 4, 0.16, "promoted", StageConfiguration.For(Stage.Hybrid)),
        new(Stage.Primary, 1, 5, 0.20, "promoted", StageConfiguration.For(Stage.Primary)),
        new(
            Stage.FullProduction,
            1,
            6,
            0.50,
            null,
            StageConfiguration.For(Stage.FullProduction) with
            {
                JsonModeProbability = jsonOnly ? 1 : 0.95,
            }
        ),
    ];

    public int FirstNumber(int visit) => 1 + (int)(rows * Visits.Take(visit).Sum(one => one.Share));

    public int VisitOf(int number)
    {
        for (var visit = Visits.Count - 1; visit > 0; visit--)
        {
            if (number >= FirstNumber(visit))
            {
                return visit;
            }
        }

        return 0;
    }

    /// <summary>When an iteration was claimed: evenly spread, the last one half a minute before the end.</summary>
    public DateTimeOffset ClaimedAt(int number) =>
        Start + ((Length - TimeSpan.FromSeconds(30)) * ((double)number / rows));

    public DateTimeOffset StartOf(int visit) => visit == 0 ? Start : ClaimedAt(FirstNumber(visit)).AddSeconds(-5);
}
