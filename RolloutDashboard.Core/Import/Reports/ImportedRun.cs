using RolloutDashboard.Core.Evidence;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Import.Reports;

/// <summary>One run of a file.</summary>
/// <param name="Declared">Records by declared method.</param>
/// <param name="Arms">Records by assigned mode; mutations left out.</param>
/// <param name="Contents">Records by what their strategy is.</param>
/// <param name="Levels">Records by computed level, 0 to 3.</param>
/// <param name="LevelsChanged">Records whose declared level is not the computed one.</param>
public sealed record ImportedRun(
    int Number,
    long Records,
    IReadOnlyDictionary<string, long> Declared,
    IReadOnlyDictionary<GenerationMode, long> Arms,
    IReadOnlyDictionary<GenerationMode, long> Contents,
    IReadOnlyList<long> Levels,
    long LevelsChanged,
    IReadOnlyList<Finding> Findings,
    IReadOnlyList<string> Faults
)
{
    /// <summary>Records whose arm nobody named; mutations left out.</summary>
    public long Undeclared { get; init; }

    /// <summary>Whether records stood out of order and were sorted by number, since no time speaks against
    /// it.</summary>
    public bool SortedByNumber { get; init; }
}
