using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Evidence;

/// <summary>Iterations to check, with what is known about them as a whole.</summary>
public sealed record EvidenceSet
{
    private (
        IReadOnlyList<CheckedIteration> Of,
        IReadOnlyList<CheckedIteration> Json,
        IReadOnlyList<CheckedIteration> FullCode
    )? _arms;

    /// <summary>In the order in which they were recorded.</summary>
    public required IReadOnlyList<CheckedIteration> Iterations { get; init; }

    /// <summary>How many were begun, where something else than the records knows it.</summary>
    public long? Begun { get; init; }

    /// <summary>Number of the first iteration that should be there. Default 1.</summary>
    public long FirstNumber { get; init; } = 1;

    /// <summary>Where the clock was corrected, which was told then.</summary>
    public IReadOnlyList<CorrectedClock> Corrections { get; init; } = [];

    /// <summary>Whether the run is called complete.</summary>
    public bool CalledComplete { get; init; }

    /// <summary>The champion that reigns.</summary>
    public CheckedChampion? Champion { get; init; }

    /// <summary>Every other champion: those before it, and those of the arms.</summary>
    public IReadOnlyList<CheckedChampion> OtherChampions { get; init; } = [];

    /// <summary>Best Sharpe ratio of the run's records before these, where these are a part of it.</summary>
    public double? EarlierBestSharpe { get; init; }

    /// <summary>Parameter combinations of each template.</summary>
    public IReadOnlyDictionary<string, long> TemplateSpaces { get; init; } = new Dictionary<string, long>();

    /// <summary>What counts in rates, by arm.</summary>
    public IReadOnlyList<CheckedIteration> Arm(GenerationMode mode)
    {
        // Every check asks; the two lists are made once for these iterations, and anew in a copy that holds others.
        var arms =
            _arms is { } made && ReferenceEquals(made.Of, Iterations)
                ? made
                : (Iterations, Counting(GenerationMode.Json), Counting(GenerationMode.FullCode));
        _arms = arms;
        return mode == GenerationMode.Json ? arms.Json : arms.FullCode;
    }

    /// <summary>Iterations that belong together, where one group must not speak for another: arms, those without an
    /// arm, mutations.</summary>
    public IEnumerable<EvidenceGroup> Groups =>
        new EvidenceGroup[]
        {
            new(nameof(GenerationMode.Json), "JSON", Arm(GenerationMode.Json)),
            new(nameof(GenerationMode.FullCode), "full code", Arm(GenerationMode.FullCode)),
            new("Undeclared", "undeclared", [.. Iterations.Where(one => one.Counts && one.ArmUndeclared)]),
            new("Mutation", "mutation", Mutations) { Counts = false },
        }.Where(group => group.Iterations.Count > 0);

    /// <summary>Mutations that ended; they count in no rate.</summary>
    public IReadOnlyList<CheckedIteration> Mutations =>
        [
            .. Iterations.Where(one =>
                one.Kind == IterationKind.Mutation && one.Status is (IterationStatus.Finished or IterationStatus.Lost)
            ),
        ];

    private CheckedIteration[] Counting(GenerationMode mode) =>
        Iterations.Where(one => one.Counts && one.AssignedMode == mode && !one.ArmUndeclared).ToArray();
}
