using RolloutDashboard.Core.Evidence;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Import;

/// <summary>What was understood of a file.</summary>
public sealed record ImportReport
{
    public required string Name { get; init; }

    public required long Bytes { get; init; }

    public required string Hash { get; init; }

    public required RecordLayout Layout { get; init; }

    public required long Records { get; init; }

    /// <summary>How many lines or records were left out.</summary>
    public required long ProblemCount { get; init; }

    /// <summary>The first of them.</summary>
    public required IReadOnlyList<ImportProblem> Problems { get; init; }

    public required IReadOnlyList<ImportedRun> Runs { get; init; }

    /// <summary>Fields that nothing is made of, with how many records had them.</summary>
    public required IReadOnlyDictionary<string, int> UnknownFields { get; init; }

    /// <summary>Timestamps that named no zone while none was given; such a file is not imported.</summary>
    public required long WithoutZone { get; init; }

    /// <summary>The data set; null for a dry run.</summary>
    public int? SetId { get; init; }

    /// <summary>Whether it was there before, so that nothing changed.</summary>
    public bool WasThere { get; init; }
}

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
    IReadOnlyList<string> Faults);
